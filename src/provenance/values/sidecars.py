"""The names under which a release's signatures lie beside what they sign."""

#: The model's signature, as OMS v1.0 has it.
MODEL_SIGNATURE = "model.sig"
#: The bundle of the recipe.
RECIPE_BUNDLE = "model.recipe.sigstore.json"
SIDECARS = frozenset({MODEL_SIGNATURE, RECIPE_BUNDLE})
