"""The demo store: products that are drawn and written by rule, and shoppers that are simulated by rule.

``python -m training.demo_store`` rebuilds ``assets/demo`` byte for byte. Everything in it is synthetic.
"""
