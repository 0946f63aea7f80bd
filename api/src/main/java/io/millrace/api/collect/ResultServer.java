package io.millrace.api.collect;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for the collecting sinks of one job and puts their frames into a buffer. Thread-safe; a
 * thread that accepts, and one for each connection.
 */
final class ResultServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultServer.class);
    private static final int HANDSHAKE_TIMEOUT_MS = 10_000;

    private final ServerSocket server;
    private final byte[] token;
    private final ResultBuffer buffer;
    private final Thread acceptor;

    /** Guarded by itself: the acceptor adds, connections remove, close reads. */
    private final Set<Socket> connections = new HashSet<>();

    private final List<Thread> readers = new ArrayList<>();

    private ResultServer(ServerSocket server, byte[] token, ResultBuffer buffer) {
        this.server = server;
        this.token = token;
        this.buffer = buffer;
        this.acceptor = new Thread(this::accept, "collect-accept");
        this.acceptor.setDaemon(true);
    }

    /**
     * @param host by which workers reach this process; only if it means this machine to itself are
     *     connections of others not even accepted
     */
    static ResultServer open(String host, ResultBuffer buffer) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        ServerSocket server =
                address.isLoopbackAddress()
                        ? new ServerSocket(0, 50, address)
                        : new ServerSocket(0, 50);
        byte[] token = new byte[CollectProtocol.TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        ResultServer opened = new ResultServer(server, token, buffer);
        opened.acceptor.start();
        return opened;
    }

    int port() {
        return server.getLocalPort();
    }

    /** What sinks must know. */
    byte[] token() {
        return token.clone();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                synchronized (connections) {
                    if (server.isClosed()) {
                        socket.close();
                        return;
                    }
                    connections.add(socket);
                    Thread reader = new Thread(() -> serve(socket), "collect-read");
                    reader.setDaemon(true);
                    readers.removeIf(old -> !old.isAlive());
                    readers.add(reader);
                    reader.start();
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    buffer.fail(e);
                    return;
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in =
                    new DataInputStream(
                            new java.io.BufferedInputStream(socket.getInputStream(), 64 << 10));
            socket.setSoTimeout(HANDSHAKE_TIMEOUT_MS);
            if (!isOurs(in)) {
                LOG.warn(
                        "Refused a connection without the job's token peer={}",
                        socket.getInetAddress());
                return;
            }
            int subtask = in.readInt();
            int attempt = in.readInt();
            socket.setSoTimeout(0);
            if (buffer.begin(subtask, attempt) && receive(in, subtask, attempt)) {
                OutputStream out = socket.getOutputStream();
                out.write(CollectProtocol.TAKEN_OVER);
                out.flush();
            }
        } catch (EOFException e) {
            LOG.debug(
                    "A collecting sink went away before its end; its task failed or was cancelled");
        } catch (IOException e) {
            LOG.debug("The connection of a collecting sink broke", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (connections) {
                connections.remove(socket);
            }
        }
    }

    private boolean isOurs(DataInputStream in) throws IOException {
        int magic = in.readInt();
        byte[] given = in.readNBytes(CollectProtocol.TOKEN_BYTES);
        return magic == CollectProtocol.MAGIC && MessageDigest.isEqual(token, given);
    }

    /** True when the sink has said that it is at its end. */
    private boolean receive(DataInputStream in, int subtask, int attempt)
            throws IOException, InterruptedException {
        while (true) {
            int length = in.readInt();
            if (length == CollectProtocol.END) {
                return true;
            }
            if (length < 0 || length > CollectProtocol.MAX_FRAME_BYTES) {
                throw new IOException("A frame of " + length + " bytes is not one of ours.");
            }
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            buffer.put(new ResultBuffer.Frame(subtask, attempt, bytes));
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
        List<Thread> running;
        synchronized (connections) {
            for (Socket socket : connections) {
                socket.close();
            }
            running = List.copyOf(readers);
        }
        acceptor.join();
        for (Thread reader : running) {
            reader.join();
        }
    }
}
