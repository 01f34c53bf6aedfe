"""Forms: what a set of rules asks of a place in a year."""

from dabiao.rules.forms.ground import Ground
from dabiao.rules.forms.order import Order, find_area, find_levels
from dabiao.rules.forms.planning import plan_forms

__all__ = ["Ground", "Order", "find_area", "find_levels", "plan_forms"]
