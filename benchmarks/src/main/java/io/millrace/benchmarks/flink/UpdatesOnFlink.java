package io.millrace.benchmarks.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.benchmarks.FlinkCluster;
import io.millrace.benchmarks.Setup;
import io.millrace.benchmarks.updates.Seat;
import io.millrace.benchmarks.updates.UpdatePlan;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The updates on a job manager and two task managers in processes of their own. */
public final class UpdatesOnFlink {
    /**
     * A standalone cluster has nobody who tells of the end of a process. With heartbeats every ten
     * seconds, the default, it noticed only after twenty.
     */
    private static final String QUICK_HEARTBEATS = "heartbeat.interval: 1000\n";

    private UpdatesOnFlink() {}

    public static void main(String[] args) throws Exception {
        Seat.serve(args, UpdatesOnFlink::start);
        System.exit(0);
    }

    private static Seat.Running start(UpdatePlan plan, Map<String, String> options)
            throws Exception {
        Setup setup = Setup.ofCheckout(Path.of(System.getProperty("benchmarks.checkout")));
        FlinkCluster cluster =
                FlinkCluster.start(
                        setup,
                        plan.slots(),
                        Integer.getInteger("benchmarks.worker-heap-mb"),
                        QUICK_HEARTBEATS,
                        List.of(),
                        Map.of());
        try {
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.createRemoteEnvironment(
                            "localhost", cluster.restPort(), Configuration.fromMap(options));
            env.setParallelism(plan.parallelism());
            UpdateJob.build(env, plan);
            return new OnCluster(cluster, env.executeAsync("updates"));
        } catch (Exception e) {
            cluster.close();
            throw e;
        }
    }

    /** The job on its cluster, seen by REST. Confined to the main thread. */
    private static final class OnCluster implements Seat.Running {
        private static final ObjectMapper JSON = new ObjectMapper();

        private final HttpClient http = HttpClient.newHttpClient();
        private final FlinkCluster cluster;
        private final JobClient client;
        private final String jobId;

        OnCluster(FlinkCluster cluster, JobClient client) {
            this.cluster = cluster;
            this.client = client;
            this.jobId = client.getJobID().toString();
        }

        private JsonNode get(String path) throws Exception {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://localhost:"
                                                    + cluster.restPort()
                                                    + "/jobs/"
                                                    + jobId
                                                    + path))
                            .build();
            return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }

        @Override
        public Seat.Done latest() throws Exception {
            JsonNode latest = get("/checkpoints").path("latest").path("completed");
            return latest.isMissingNode() || latest.isNull()
                    ? null
                    : new Seat.Done(
                            latest.path("id").asLong(),
                            latest.path("end_to_end_duration").asLong(),
                            latest.path("checkpointed_size").asLong(),
                            latest.path("state_size").asLong(),
                            -1);
        }

        @Override
        public void killWorker() throws Exception {
            cluster.killTaskManager();
        }

        @Override
        public String savepoint(boolean canonical, String directory) throws Exception {
            return client.triggerSavepoint(
                            directory,
                            canonical ? SavepointFormatType.CANONICAL : SavepointFormatType.NATIVE)
                    .get();
        }

        @Override
        public String end() throws Exception {
            String state = get("").path("state").asText();
            return state.equals("FAILED") || state.equals("FINISHED") ? state : null;
        }

        @Override
        public void close() {
            cluster.close();
        }
    }
}
