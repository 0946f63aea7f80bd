package io.millrace.connector.kafka.sink;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Stands between clients and a broker, and holds back requests of one kind until it is told to
 * deliver them, also if their sender has gone meanwhile. Thread-safe.
 */
final class DelayingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int brokerPort;
    private final short apiKey;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();
    private final CountDownLatch holds = new CountDownLatch(1);
    private volatile int toHold; // set by the test, counted down by the proxy

    private record Held(byte[] request, DataOutputStream broker, BlockingQueue<byte[]> answers) {}

    DelayingProxy(int brokerPort, short apiKey) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.brokerPort = brokerPort;
        this.apiKey = apiKey;
    }

    int port() {
        return server.getLocalPort();
    }

    void start() {
        thread("accept", this::accept);
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
                sockets.add(client);
                sockets.add(broker);
                BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
                thread("requests", () -> requests(client, broker, answers));
                thread("answers", () -> answers(client, broker, answers));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void requests(Socket client, Socket broker, BlockingQueue<byte[]> answers) {
        try {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(broker.getOutputStream());
            while (true) {
                byte[] request = new byte[in.readInt()];
                in.readFully(request);
                short key = (short) (request[0] << 8 | request[1] & 0xff);
                if (key == apiKey && take()) {
                    held.add(new Held(request, out, answers));
                } else {
                    send(request, out);
                }
            }
        } catch (IOException e) {
            // The client has gone; the broker's side stays open for what is held.
        }
    }

    private synchronized boolean take() {
        if (toHold == 0) {
            return false;
        }
        toHold--;
        holds.countDown();
        return true;
    }

    private static void send(byte[] request, DataOutputStream out) throws IOException {
        synchronized (out) {
            out.writeInt(request.length);
            out.write(request);
            out.flush();
        }
    }

    /** Passes answers on as long as somebody takes them, and remembers them. */
    private void answers(Socket client, Socket broker, BlockingQueue<byte[]> answers) {
        try {
            DataInputStream in = new DataInputStream(broker.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            while (true) {
                byte[] answer = new byte[in.readInt()];
                in.readFully(answer);
                try {
                    send(answer, out);
                } catch (IOException e) {
                    // The client has gone.
                }
                answers.add(answer);
            }
        } catch (IOException e) {
            // The broker has gone.
        }
    }

    /** Holds back so many requests from here on. */
    synchronized void hold(int requests) {
        toHold = requests;
    }

    /** Waits until a request was held back. */
    void awaitHeld() throws InterruptedException {
        holds.await();
    }

    /** Waits for a request that is held back, lets the broker have it, and waits for its answer. */
    void deliver() throws InterruptedException, IOException {
        Held late = held.take();
        late.answers.clear();
        send(late.request, late.broker);
        late.answers.take();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
