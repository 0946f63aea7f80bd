package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A command: what a checkpoint costs the NameNode, on a sandbox of its own. A job of two workers
 * with twenty stateful tasks each takes checkpoints; the NameNode's own metrics say how often each
 * operation was called between two of them.
 *
 * <pre>
 * mvn -q -Dfast -DskipTests -Pnamenode package -pl integration-tests -am -Dnamenode.args="[N]"
 * </pre>
 *
 * <p>Twice: with as much state in manifests as may lie there, which is all of this job's, and with
 * all of it in files. Prints each operation, its calls for a checkpoint over N checkpoints (20 if
 * nothing is said), and their sum. Exits with 1 if one sum is more than ten.
 */
final class NameNodeOperations {
    private static final int MOST = 10;
    private static final int WORKERS = 2;
    private static final int TASKS = 20;
    private static final long INTERVAL_MS = 3_000;
    private static final int FIRST = 6; // by then old ones are dropped

    /** What DataNodes call, whatever clients do. */
    private static final Set<String> OF_DATA_NODES =
            Set.of(
                    "SendHeartbeat",
                    "SendLifeline",
                    "BlockReport",
                    "BlockReceivedAndDeleted",
                    "RegisterDatanode",
                    "VersionRequest",
                    "ErrorReport",
                    "CommitBlockSynchronization");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Sandbox sandbox;

    private NameNodeOperations(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** The command; see above. */
    public static void main(String[] args) {
        int checkpoints = args.length > 0 && !args[0].isBlank() ? Integer.parseInt(args[0]) : 20;
        Path directory = Millrace.CHECKOUT.resolve("integration-tests/target/namenode-sandbox");
        boolean good;
        try (Sandbox sandbox = new Sandbox(directory, true)) {
            NameNodeOperations operations = new NameNodeOperations(sandbox);
            Path jar = ProgramJar.build(directory);
            good = operations.run("state in manifests", "20 kb", jar, checkpoints);
            good &= operations.run("state in files", "0", jar, checkpoints);
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run(String what, String threshold, Path jar, int checkpoints) {
        try (Millrace.Running running = start(jar, threshold)) {
            String id = Applications.awaitOne(sandbox);
            long first = awaitCompleted(id, FIRST);
            Map<String, Long> before = calls();
            long last = awaitCompleted(id, first + checkpoints);
            Map<String, Long> after = calls();
            sandbox.millrace().run("cancel", id).succeeded();
            running.await(Duration.ofMinutes(2));
            Await.until(
                    "the application has ended",
                    Duration.ofMinutes(1),
                    () -> sandbox.resourceManager().unfinished(),
                    List::isEmpty);
            return print(what, before, after, last - first);
        }
    }

    private Millrace.Running start(Path jar, String threshold) {
        return sandbox.millrace()
                .start(
                        "run",
                        "-t",
                        "yarn",
                        "-p",
                        String.valueOf(WORKERS * TASKS),
                        "-D",
                        "worker.slots=" + TASKS,
                        "-D",
                        "yarn.worker.vcores=1", // it has little to do
                        "-D",
                        "ha.zookeeper.quorum=" + sandbox.zooKeeper(), // the pointer is there
                        "-D",
                        "execution.checkpointing.dir=" + sandbox.fileSystem() + "/namenode/ckpt",
                        "-D",
                        "execution.checkpointing.data-inline-threshold=" + threshold,
                        "-c",
                        "io.millrace.it.program.StatefulTasks",
                        jar.toString(),
                        String.valueOf(INTERVAL_MS));
    }

    private long awaitCompleted(String id, long least) {
        return Await.until(
                least + " checkpoints are complete",
                Duration.ofMillis(60_000 + 3 * least * INTERVAL_MS),
                () -> Applications.page(sandbox, id, "checkpoints").path("completed").asLong(),
                completed -> completed >= least);
    }

    /** By operation: how often it was called since the NameNode began. */
    private Map<String, Long> calls() {
        String uri =
                "http://"
                        + sandbox.nameNodeWeb()
                        + "/jmx?qry=Hadoop:service=NameNode,name=RpcDetailedActivityForPort*";
        Map<String, Long> calls = new TreeMap<>();
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
            String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            for (JsonNode bean : json.readTree(body).path("beans")) {
                bean.fields()
                        .forEachRemaining(
                                field -> {
                                    String name = field.getKey();
                                    // Each is there again, as of all queues together.
                                    if (name.endsWith("NumOps") && !name.startsWith("Overall")) {
                                        calls.merge(
                                                name.substring(0, name.length() - 6),
                                                field.getValue().asLong(),
                                                Long::sum);
                                    }
                                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return calls;
    }

    private static boolean print(
            String what, Map<String, Long> before, Map<String, Long> after, long count) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d checkpoints of %d workers x %d stateful tasks%n",
                what,
                count,
                WORKERS,
                TASKS);
        double sum = 0;
        for (Map.Entry<String, Long> each : after.entrySet()) {
            long calls = each.getValue() - before.getOrDefault(each.getKey(), 0L);
            if (calls > 0 && !OF_DATA_NODES.contains(each.getKey())) {
                double perCheckpoint = (double) calls / count;
                sum += perCheckpoint;
                System.out.printf(Locale.ROOT, "%-24s %6.2f%n", each.getKey(), perCheckpoint);
            }
        }
        System.out.printf(Locale.ROOT, "%-24s %6.2f of %d for a checkpoint%n", "all", sum, MOST);
        return sum > 0 && sum <= MOST;
    }
}
