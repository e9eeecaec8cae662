"""The contract: the models that all the others share."""
