from tiletriage.models.errors import EngineError


def test_a_message_is_one_line_without_orders_to_the_terminal_whatever_a_file_is_called():
    error = EngineError("code", "{name} is {size:.1f} m", name="a\x1b[2J\nb\udce9\u202e|é", size=1.25)
    assert str(error) == r"a\x1b[2J\nb\udce9\u202e|é is 1.2 m"
    assert error.template.format(**error.values) == str(error)
