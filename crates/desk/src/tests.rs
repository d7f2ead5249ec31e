//! Routes and guards, called without a socket.
