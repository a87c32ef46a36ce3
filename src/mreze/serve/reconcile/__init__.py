"""The Reconciliation Service API: others match their tables with the things of a release.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ at `/reconcile`, and the draft of 1.0
(https://reconciliation-api.github.io/specs/1.0-draft/) at `/reconcile/1.0/`: their manifests contradict each other.
"""
