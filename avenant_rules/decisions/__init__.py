"""The decisions, a folder a family and a module a topic. `avenant_rules.registry` finds them."""
