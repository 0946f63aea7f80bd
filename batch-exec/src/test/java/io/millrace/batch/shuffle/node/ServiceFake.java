package io.millrace.batch.shuffle.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.runtime.message.NodeService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A shuffle service by the protocol of MapReduce, which fails as it is told. Thread-safe. */
final class ServiceFake implements AutoCloseable {
    static final String JOB = "job_1700000000000_0007";
    static final byte[] KEY = "a key of this application".getBytes(StandardCharsets.US_ASCII);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, byte[][]> results = new ConcurrentHashMap<>();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<List<String>> requests = new ConcurrentLinkedQueue<>();

    /** What goes wrong with one request. A closed family. */
    sealed interface Fault {
        /** The connection ends after so many bytes of the body. */
        record Cut(int afterBytes) implements Fault {}

        /** An answer with this status. */
        record Status(int status, String text) implements Fault {}

        /** Nothing comes. */
        record Silence() implements Fault {}

        /** The answer proves nothing. */
        record NoProof() implements Fault {}

        /** The name of another result stands before each range. */
        record OtherResult() implements Fault {}
    }

    ServiceFake() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mapOutput", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    NodeService address() {
        return new NodeService(
                "node:1", server.getAddress().getHostString(), server.getAddress().getPort());
    }

    void has(String name, byte[]... ranges) {
        results.put(name, ranges);
    }

    void fails(Fault... next) {
        faults.addAll(Arrays.asList(next));
    }

    /** The names that each request asked for. */
    List<List<String>> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
            List<String> names = List.of(asked.get("map").split(","));
            requests.add(names);
            Fault fault = faults.poll();
            if (fault instanceof Fault.Silence) {
                closed.await();
                return;
            }
            if (fault instanceof Fault.Status refusal) {
                refuse(exchange, refusal.status(), refusal.text());
                return;
            }
            NodeKey key = new NodeKey(KEY);
            String proof = exchange.getRequestHeaders().getFirst("UrlHash");
            String expected =
                    key.proofOf(server.getAddress().getPort(), exchange.getRequestURI().toString());
            if (!expected.equals(proof)
                    || !JOB.equals(asked.get("job"))
                    || !"mapreduce".equals(exchange.getRequestHeaders().getFirst("name"))
                    || !"1.0.0".equals(exchange.getRequestHeaders().getFirst("version"))) {
                refuse(exchange, 401, "who are you?");
                return;
            }
            int range = Integer.parseInt(asked.get("reduce"));
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (String name : names) {
                if (!results.containsKey(name)) {
                    refuse(exchange, 500, "no such result: " + name);
                    return;
                }
                byte[] bytes = results.get(name)[range];
                String shown = fault instanceof Fault.OtherResult ? "other" : name;
                writeHead(body, shown, bytes.length, range);
                body.write(bytes);
            }
            if (!(fault instanceof Fault.NoProof)) {
                exchange.getResponseHeaders().add("ReplyHash", key.answerTo(proof));
            }
            exchange.sendResponseHeaders(200, body.size());
            try (OutputStream out = exchange.getResponseBody()) {
                int bytes = fault instanceof Fault.Cut cut ? cut.afterBytes() : body.size();
                out.write(body.toByteArray(), 0, Math.min(bytes, body.size()));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> each[1]));
    }

    private static void refuse(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static void writeHead(ByteArrayOutputStream out, String name, long bytes, int range) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        writeNumber(out, text.length);
        out.writeBytes(text);
        writeNumber(out, bytes);
        writeNumber(out, 3 * bytes);
        writeNumber(out, range);
    }

    static void writeNumber(ByteArrayOutputStream out, long number) {
        if (number >= -112 && number <= 127) {
            out.write((int) number);
            return;
        }
        long rest = number < 0 ? ~number : number;
        ArrayDeque<Integer> bytes = new ArrayDeque<>();
        for (; rest != 0; rest >>>= 8) {
            bytes.push((int) rest & 0xFF);
        }
        out.write((number < 0 ? -120 : -112) - bytes.size());
        bytes.forEach(out::write);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
