"""Forms: what a set of rules asks of a place in a year.

What comes in is a catalog and an ``order`` (place, year, levels); what goes out is the plan of a
form, ``schemas.form.Form``. ``ground`` says who is known there, ``fields`` which columns each
level has, ``past`` what is known of them already, ``planning`` which rows and cells the rules need.

Must not know: how a form looks; ``reports/forms/`` draws it.
"""

from dabiao.rules.forms.fields import Columns
from dabiao.rules.forms.ground import Ground
from dabiao.rules.forms.order import Order, find_area, find_levels
from dabiao.rules.forms.past import Past
from dabiao.rules.forms.planning import plan_forms

__all__ = ["Columns", "Ground", "Order", "Past", "find_area", "find_levels", "plan_forms"]
