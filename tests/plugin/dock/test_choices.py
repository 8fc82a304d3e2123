from tiletriage.models.priority.strategies import STRATEGIES
from tiletriage.models.training.methods import METHODS
from tiletriage.plugin.dock.choices import methods, strategies


def test_every_strategy_of_the_engine_can_be_chosen_in_its_own_words():
    (automatic, sentence), *named = strategies()
    assert automatic == "" and sentence
    assert dict(named) == {name: strategy.sentence for name, strategy in STRATEGIES.items()}


def test_every_method_of_the_engine_can_be_chosen():
    assert {name for name, _ in methods()} == set(METHODS)
    assert all(sentence for _, sentence in methods())
