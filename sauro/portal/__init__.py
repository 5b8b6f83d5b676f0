"""The public door: frozen copies that a person published, surveys, complaints and proposals. No sign-in.

No page here sets or reads a cookie or a session, nor keeps an address of who looks. Pages to read are the same for
everybody in a language, so that any cache may keep them.
"""
