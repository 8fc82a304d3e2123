from .case import Kinds
options, results = Kinds("options"), Kinds("results")
