package io.millrace.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A standalone Flink cluster of three processes: one job manager and two task managers, each with
 * as much memory as a Millrace worker.
 */
public final class FlinkCluster implements AutoCloseable {
    private static final String JOB_MANAGER =
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER =
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

    private static final int MANAGERS = 2;
    private static final int WORKER_HEAP_MB = 512;
    private static final int FRAMEWORK_HEAP_MB = 128;

    private final List<Child> processes = new ArrayList<>();
    private final Setup setup;
    private final List<Path> hadoop;
    private final Map<String, String> environment;
    private final Path conf;
    private final int heapMb;
    private final int restPort;
    private int started;

    private FlinkCluster(
            Setup setup,
            int heapMb,
            List<Path> hadoop,
            Map<String, String> environment,
            Path conf,
            int restPort) {
        this.setup = setup;
        this.heapMb = heapMb;
        this.hadoop = hadoop;
        this.environment = environment;
        this.conf = conf;
        this.restPort = restPort;
    }

    /**
     * @param slots of each task manager
     * @param hadoop directories of jars, for the class path
     */
    public static FlinkCluster start(
            Setup setup, int slots, List<Path> hadoop, Map<String, String> environment)
            throws IOException, InterruptedException {
        return start(setup, slots, WORKER_HEAP_MB, "", hadoop, environment);
    }

    /**
     * @param heapMb of each task manager
     * @param more lines of the configuration
     */
    public static FlinkCluster start(
            Setup setup,
            int slots,
            int heapMb,
            String more,
            List<Path> hadoop,
            Map<String, String> environment)
            throws IOException, InterruptedException {
        Path conf = Files.createDirectories(setup.work().resolve("flink-conf"));
        FlinkCluster cluster =
                new FlinkCluster(setup, heapMb, hadoop, environment, conf, freePort());
        int rpcPort = freePort();
        Files.writeString(
                conf.resolve("config.yaml"),
                """
                jobmanager.rpc.address: localhost
                jobmanager.rpc.port: %d
                jobmanager.bind-host: localhost
                jobmanager.memory.process.size: 1024m
                rest.address: localhost
                rest.port: %d
                taskmanager.host: localhost
                taskmanager.bind-host: localhost
                taskmanager.numberOfTaskSlots: %d
                taskmanager.memory.process.size: %dm
                taskmanager.memory.managed.fraction: 0.3
                execution.batch.adaptive.auto-parallelism.enabled: false
                """
                                .formatted(rpcPort, cluster.restPort, slots, heapMb + 768)
                        + more);
        try {
            cluster.launch("jobmanager", JOB_MANAGER, "-Xmx512m");
            for (int i = 0; i < MANAGERS; i++) {
                cluster.launchTaskManager();
            }
            cluster.awaitTaskManagers();
        } catch (IOException | InterruptedException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    public int restPort() {
        return restPort;
    }

    long cpuMs() {
        return processes.stream().mapToLong(Child::cpuMs).sum();
    }

    private void launchTaskManager() throws IOException {
        launch("tm" + ++started, TASK_MANAGER, "-Xmx" + heapMb + "m");
    }

    /** Kills the oldest task manager as {@code kill -9} does, and starts another one at once. */
    public void killTaskManager() throws IOException {
        processes.remove(1).kill();
        launchTaskManager();
    }

    private void launch(String name, String main, String heap) throws IOException {
        List<String> command = new ArrayList<>(List.of(setup.java(), heap));
        command.addAll(Setup.flinkOptions());
        command.addAll(
                List.of("-cp", setup.flinkClassPath(hadoop), main, "--configDir", conf.toString()));
        if (main.equals(TASK_MANAGER)) {
            command.addAll(
                    List.of(
                            "-D", "taskmanager.resource-id=" + name,
                            "-D", "taskmanager.cpu.cores=2.0",
                            "-D", "taskmanager.memory.task.heap.size=" + taskHeapBytes() + "b",
                            "-D", "taskmanager.memory.task.off-heap.size=0b",
                            "-D", "taskmanager.memory.network.min=134217728b",
                            "-D", "taskmanager.memory.network.max=134217728b",
                            "-D", "taskmanager.memory.managed.size=268435456b",
                            "-D", "taskmanager.memory.framework.heap.size=134217728b",
                            "-D", "taskmanager.memory.framework.off-heap.size=134217728b",
                            "-D", "taskmanager.memory.jvm-metaspace.size=268435456b",
                            "-D", "taskmanager.memory.jvm-overhead.min=201326592b",
                            "-D", "taskmanager.memory.jvm-overhead.max=201326592b"));
        }
        processes.add(Child.start(command, environment, setup.work().resolve(name + ".log")));
    }

    /** The rest of the heap is the framework's. */
    private long taskHeapBytes() {
        return (heapMb - FRAMEWORK_HEAP_MB - 128L) << 20;
    }

    private void awaitTaskManagers() throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + restPort + "/overview"))
                        .build();
        long deadline = System.nanoTime() + 60_000_000_000L;
        String seen = "nothing";
        while (System.nanoTime() < deadline) {
            try {
                seen = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
                if (seen.contains("\"taskmanagers\":2")) {
                    return;
                }
            } catch (IOException e) {
                seen = e.toString();
            }
            for (Child process : processes) {
                if (!process.isAlive()) {
                    throw new IOException("a Flink process ended:\n" + process.text());
                }
            }
            Thread.sleep(200);
        }
        throw new IOException("no two task managers after 60 s; last answer: " + seen);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        processes.forEach(Child::close);
    }
}
