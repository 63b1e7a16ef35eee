"""The pages: routes, what they show, and how requests are guarded."""
