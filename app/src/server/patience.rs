//! Slow clients (LO-4): a connection has so long for the head of a request, for its body, and
//! between requests; and there are only so many connections (LO-3).
//!
//! The times are kept where bytes go in and out, so that nothing behind waits for a client.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep_until};

/// Connections at a time; more wait until one ends.
const MOST_CONNECTIONS: usize = 4_096;

/// How long a client may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Patience {
    /// For the head of a request, from its first byte.
    pub(crate) head: Duration,
    /// From the end of the head until the answer begins.
    pub(crate) body: Duration,
    /// Without a byte in or out.
    pub(crate) idle: Duration,
}

/// What every client is given.
const PATIENCE: Patience = Patience {
    head: Duration::from_secs(10),
    body: Duration::from_secs(30),
    idle: Duration::from_secs(60),
};

/// A listener that bounds connections and their times.
pub(crate) struct Patient {
    listener: TcpListener,
    room: Arc<Semaphore>,
}

/// Where a connection comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

impl Connected<IncomingStream<'_, Patient>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Patient>) -> Peer {
        Peer(*stream.remote_addr())
    }
}

impl Patient {
    /// Takes connections of a listener.
    pub(crate) fn new(listener: TcpListener) -> Patient {
        Patient {
            listener,
            room: Arc::new(Semaphore::new(MOST_CONNECTIONS)),
        }
    }
}

impl Listener for Patient {
    type Io = Timed<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        // The semaphore is never closed; without a permit the connection is merely not counted.
        let permit = Arc::clone(&self.room).acquire_owned().await.ok();
        let (stream, address) = Listener::accept(&mut self.listener).await;
        (Timed::new(stream, PATIENCE, permit), address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// Where a connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Between requests, or while an answer is written.
    Idle,
    /// In the head of a request; so many bytes of its end have been seen.
    Head(usize),
    /// Behind the head.
    Body,
}

/// The end of a head.
const END: &[u8; 4] = b"\r\n\r\n";

/// A connection that ends when its client takes too long.
pub(crate) struct Timed<S> {
    stream: S,
    patience: Patience,
    phase: Phase,
    alarm: Pin<Box<Sleep>>,
    _permit: Option<OwnedSemaphorePermit>,
}

impl<S> Timed<S> {
    fn new(stream: S, patience: Patience, permit: Option<OwnedSemaphorePermit>) -> Self {
        Timed {
            stream,
            patience,
            phase: Phase::Idle,
            alarm: Box::pin(sleep_until(Instant::now() + patience.head)),
            _permit: permit,
        }
    }

    fn enter(&mut self, phase: Phase) {
        let time = match phase {
            Phase::Idle => self.patience.idle,
            Phase::Head(_) => self.patience.head,
            Phase::Body => self.patience.body,
        };
        self.phase = phase;
        self.alarm.as_mut().reset(Instant::now() + time);
    }

    /// Follows what has come in. A request is followed as far as the end of its head.
    fn follow(&mut self, bytes: &[u8]) {
        if self.phase == Phase::Idle && !bytes.is_empty() {
            self.enter(Phase::Head(0));
        }
        for byte in bytes {
            let Phase::Head(seen) = self.phase else {
                return;
            };
            let seen = match *byte {
                byte if byte == END[seen] => seen + 1,
                b'\r' => 1,
                _ => 0,
            };
            if seen == END.len() {
                self.enter(Phase::Body);
            } else {
                self.phase = Phase::Head(seen);
            }
        }
    }

    /// Says whether the client has taken too long.
    fn is_late(&mut self, cx: &mut Context<'_>) -> bool {
        self.alarm.as_mut().poll(cx).is_ready()
    }
}

fn late() -> io::Error {
    io::Error::new(ErrorKind::TimedOut, "the client took too long")
}

impl<S: AsyncRead + Unpin> AsyncRead for Timed<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // Also where bytes keep coming: one at a time is slow, too.
        if self.is_late(cx) {
            return Poll::Ready(Err(late()));
        }
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        let this = &mut *self;
        this.follow(&buf.filled()[before..]);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Timed<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write(cx, buf) {
            Poll::Ready(written) => {
                self.enter(Phase::Idle);
                Poll::Ready(written)
            }
            Poll::Pending if self.is_late(cx) => Poll::Ready(Err(late())),
            Poll::Pending => Poll::Pending,
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};
    use tokio::time::sleep;

    use super::*;

    const SHORT: Patience = Patience {
        head: Duration::from_millis(200),
        body: Duration::from_millis(600),
        idle: Duration::from_millis(1_500),
    };

    fn pair() -> (Timed<DuplexStream>, DuplexStream) {
        let (server, client) = duplex(1024);
        (Timed::new(server, SHORT, None), client)
    }

    async fn ended(server: &mut Timed<DuplexStream>) -> (Duration, ErrorKind) {
        let began = Instant::now();
        let mut bytes = [0; 64];
        loop {
            match server.read(&mut bytes).await {
                Ok(0) => return (began.elapsed(), ErrorKind::UnexpectedEof),
                Ok(_) => {}
                Err(error) => return (began.elapsed(), error.kind()),
            }
        }
    }

    /// A client that sends a byte now and then.
    fn drip(mut client: DuplexStream, text: &'static [u8]) {
        tokio::spawn(async move {
            for byte in text.iter().cycle() {
                if client.write_all(&[*byte]).await.is_err() {
                    return;
                }
                sleep(Duration::from_millis(20)).await;
            }
        });
    }

    #[tokio::test]
    async fn a_head_that_comes_byte_by_byte_is_cut() {
        let (mut server, client) = pair();
        drip(client, b"x-slow: 1\r\n");
        let (time, error) = ended(&mut server).await;
        assert_eq!(error, ErrorKind::TimedOut);
        assert!(time < SHORT.body, "{time:?}");
    }

    #[tokio::test]
    async fn a_body_has_longer_than_a_head_and_is_cut_as_well() {
        let (mut server, mut client) = pair();
        client.write_all(b"POST / HTTP/1.1\r\n\r\n").await.unwrap();
        drip(client, b"a=1&");
        let (time, error) = ended(&mut server).await;
        assert_eq!(error, ErrorKind::TimedOut);
        assert!(time > SHORT.head && time < SHORT.body * 3, "{time:?}");
    }

    #[tokio::test]
    async fn a_connection_between_requests_may_rest_for_a_while() {
        let (mut server, mut client) = pair();
        for _ in 0..2 {
            client.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
            let mut bytes = [0; 64];
            assert!(server.read(&mut bytes).await.unwrap() > 0);
            server.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            sleep(SHORT.head + SHORT.head / 2).await;
        }
        let (_, error) = ended(&mut server).await;
        assert_eq!(error, ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_client_that_does_not_read_is_cut() {
        let (mut server, _client) = pair();
        let sent = server.write_all(&[b'x'; 10_000]).await;
        assert_eq!(sent.unwrap_err().kind(), ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_client_in_time_is_not_cut() {
        let (mut server, mut client) = pair();
        client.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
        drop(client);
        assert_eq!(ended(&mut server).await.1, ErrorKind::UnexpectedEof);
    }
}
