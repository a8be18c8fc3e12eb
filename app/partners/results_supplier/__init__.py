"""What every supplier of results has in common: its half of a results coupling, and the night's delivery to ESIS.

A supplier says who it is and which tables it keeps (`supplier.Supplier`); the rest is here once.
"""
