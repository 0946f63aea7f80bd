package io.millrace.runtime.wire;

import io.millrace.runtime.wire.HandshakeRefused.Reason;
import io.millrace.runtime.wire.Hello.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A connection until its peer has proven itself: collects the fixed-size pieces of the handshake
 * into one array of 48 bytes and looks at nothing else. Confined to the connection's network
 * thread.
 */
final class HandshakeStage extends ChannelInboundHandlerAdapter {
    private final Handshake handshake;
    private final Role role;
    private final Duration timeout;
    private final Outcome outcome;
    private final byte[] piece = new byte[Hello.BYTES];
    private int wanted = Hello.BYTES;
    private int filled;
    private boolean ended;
    private Future<?> deadline;

    /** What becomes of the connection; exactly one of the two is called, once. */
    interface Outcome {
        /** The peer is one of ours: replaces the handshake by the real connection. */
        void proven(ChannelHandlerContext context, SessionKeys keys);

        /** The connection is being closed. */
        void refused(ChannelHandlerContext context, HandshakeRefused reason);
    }

    HandshakeStage(Handshake handshake, Role role, Duration timeout, Outcome outcome) {
        this.handshake = handshake;
        this.role = role;
        this.timeout = timeout;
        this.outcome = outcome;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        deadline =
                context.executor()
                        .schedule(
                                () -> refuse(context, timedOut()),
                                timeout.toNanos(),
                                TimeUnit.NANOSECONDS);
        if (role == Role.CLIENT) {
            context.writeAndFlush(Unpooled.wrappedBuffer(handshake.hello()));
        }
    }

    private HandshakeRefused timedOut() {
        return new HandshakeRefused(
                Reason.TIMED_OUT, "the handshake did not end within " + timeout.toMillis() + " ms");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (!ended && bytes.isReadable()) {
                int length = Math.min(wanted - filled, bytes.readableBytes());
                bytes.readBytes(piece, filled, length);
                filled += length;
                if (filled == wanted) {
                    onPiece(context, bytes);
                }
            }
            if (ended && bytes.isReadable() && context.channel().isActive()) {
                context.fireChannelRead(bytes.retain()); // frames that followed the server's proof
            }
        } finally {
            bytes.release();
        }
    }

    private void onPiece(ChannelHandlerContext context, ByteBuf rest) {
        boolean isHello = wanted == Hello.BYTES;
        try {
            if (isHello) {
                handshake.onPeerHello(piece);
                wanted = Handshake.PROOF_BYTES;
                filled = 0;
                context.writeAndFlush(
                        Unpooled.wrappedBuffer(
                                role == Role.CLIENT ? handshake.proof() : handshake.hello()));
                return;
            }
            byte[] proof = Arrays.copyOf(piece, Handshake.PROOF_BYTES);
            handshake.onPeerProof(proof);
            if (role == Role.SERVER) {
                if (rest.isReadable()) {
                    throw new HandshakeRefused(
                            Reason.TOO_EARLY, "it sent frames before the handshake had ended");
                }
                context.writeAndFlush(Unpooled.wrappedBuffer(handshake.proof()));
            }
        } catch (HandshakeRefused e) {
            refuse(context, e);
            return;
        }
        end();
        outcome.proven(context, handshake.sessionKeys());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        refuse(
                context,
                new HandshakeRefused(
                        Reason.CLOSED_EARLY,
                        "the connection closed before the handshake had ended"));
    }

    /** The server evicts a pending connection by an event that is its reason. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof HandshakeRefused evicted) {
            refuse(context, evicted);
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        refuse(context, new HandshakeRefused(Reason.CLOSED_EARLY, String.valueOf(cause)));
    }

    private void refuse(ChannelHandlerContext context, HandshakeRefused reason) {
        if (!ended) {
            end();
            context.close();
            outcome.refused(context, reason);
        }
    }

    private void end() {
        ended = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
