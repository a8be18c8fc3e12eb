"""How the window of school time looks."""

STYLE = """
#time-line { height: auto; margin: 1 0 0 0; }
#time-digits { width: 17; height: 3; color: $ink; }
#time-said { width: 1fr; height: auto; min-height: 3; padding: 0 0 0 2; }
#time-now { text-style: bold; color: $ink; width: 1fr; }
#time-how { color: $label; width: 1fr; }
#time-date { height: 1; margin: 0 0 1 0; }
#time-date .inline-label { width: 12; color: $label; }
#time-date TextLine { width: 30; }
#time-buttons, #wall-buttons { height: auto; }
#time-bar { width: 1fr; height: 1; }
#time-bar Bar { width: 1fr; }
#days { height: 1fr; }
#days:focus { background: $field; }
SchoolTime.-low #time-line { margin: 0; }
SchoolTime.-low #time-digits { display: none; }
SchoolTime.-low #time-said { min-height: 2; padding: 0; }
SchoolTime.-low #time-date { margin: 0; }
"""
