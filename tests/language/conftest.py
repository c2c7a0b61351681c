import pytest
from tokenizers import Tokenizer

from onrecord.language import Model, load_model


@pytest.fixture(scope="session")
def model() -> Model:
    return load_model()


@pytest.fixture(scope="session")
def tokenizer(model: Model) -> Tokenizer:
    return model.tokenizer
