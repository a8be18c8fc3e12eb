"""Suppliers of results: systems where pupils of a school sit assessments, and that deliver what they scored to ESIS.

A supplier is a `Supplier` (`supplier.py`): its tables, its words and, where it has them, its norms, its merging and which
results ESIS may have. What it does is here once: the test message (`connecting.py`), groups and pupils that come in
(`apply_delivery.py`), sitting (`sitting.py`, `outcomes.py`), the night's delivery and sending again (`delivering.py`,
`delivery_status.py`), two accounts of one pupil (`merging.py`), what is shown (`overview.py`) and why nothing comes
(`explaining.py`). The pages are in `screens/partners/results_supplier`, the commands in `app/commands/results_supplier.py`.
"""
