"""Messages and entries: mail, news feeds, exports of weblogs and of press archives."""
