package io.millrace.coordinator.simulation;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.AdaptiveOptions;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A program: its graph, and what a run without faults puts out.
 *
 * @param splits of every source
 * @param recordsPerSplit split 3 of five records each holds 15 to 19
 * @param startsAfter so many records of the first split are in the checkpoint that it starts from;
 *     0 if it starts from none
 */
record SimulatedJob(
        JobGraph graph, int splits, int recordsPerSplit, long submitAtMs, int startsAfter) {
    private static final String MOST_ATTEMPTS =
            "execution.batch.speculative.max-concurrent-executions";

    /** The records that each sink vertex must have committed in the end. */
    List<Integer> expectedRecords() {
        return IntStream.range(startsAfter, splits * recordsPerSplit).boxed().toList();
    }

    static List<SimulatedJob> program(long seed) {
        Dice dice = new Dice(seed, "program");
        List<SimulatedJob> jobs = new ArrayList<>();
        int count = dice.between(1, 3);
        for (int i = 0; i < count; i++) {
            boolean checkpoints = dice.percent(60);
            JobGraph graph =
                    maybeSpeculative(maybeUndecided(graph(i, checkpoints, dice), seed), seed);
            SimulatedJob job =
                    new SimulatedJob(
                            graph,
                            dice.between(0, 12),
                            checkpoints ? dice.between(1, 40) : 1,
                            dice.between(0, 20_000) * i,
                            0);
            jobs.add(maybeStartingFrom(job, new Dice(seed, "left " + i)));
        }
        return jobs;
    }

    /** Half of the jobs of stages leave to the coordinator how many subtasks some of them have. */
    private static JobGraph maybeUndecided(JobGraph graph, long seed) {
        Dice dice = new Dice(seed, "undecided " + graph.name());
        if (!graph.isStaged() || !dice.percent(50)) {
            return graph;
        }
        Map<String, String> config = new TreeMap<>(graph.config());
        config.put(AdaptiveOptions.BYTES_PER_TASK.key(), dice.between(4, 24) + " b");
        config.put(AdaptiveOptions.MIN_PARALLELISM.key(), String.valueOf(dice.between(1, 2)));
        TreeMap<Integer, JobVertex> undecided = new TreeMap<>();
        for (JobEdge edge : graph.edges()) {
            JobVertex target = graph.vertex(edge.targetVertex());
            JobVertex before = undecided.get(edge.sourceVertex());
            if (edge.kind() != Partitioning.Kind.FORWARD && dice.percent(70)) {
                int highest = dice.between(1, 5);
                undecided.put(target.id(), target.undecided(highest, highest + dice.between(0, 4)));
            } else if (edge.kind() == Partitioning.Kind.FORWARD && before != null) {
                undecided.put(target.id(), target.undecided(before.parallelism(), before.ranges()));
            }
        }
        return new JobGraph(
                graph.jobId(),
                graph.name(),
                graph.mode(),
                graph.bounded(),
                graph.with(List.copyOf(undecided.values())).vertices(),
                graph.edges(),
                config,
                List.of());
    }

    /** Most jobs of stages try slow subtasks again while they run. */
    private static JobGraph maybeSpeculative(JobGraph graph, long seed) {
        Dice dice = new Dice(seed, "speculative " + graph.name());
        if (!graph.isStaged() || !dice.percent(70)) {
            return graph;
        }
        String prefix = "execution.batch.speculative.";
        Map<String, String> config = new TreeMap<>(graph.config());
        config.put(prefix + "enabled", "true");
        config.put(MOST_ATTEMPTS, String.valueOf(dice.between(2, 3)));
        config.put(prefix + "block-slow-node-duration", dice.between(0, 8_000) + " ms");
        config.put("slow-task-detector.check-interval", dice.between(100, 1_000) + " ms");
        prefix = "slow-task-detector.execution-time.";
        config.put(prefix + "baseline-lower-bound", dice.between(500, 3_000) + " ms");
        config.put(prefix + "baseline-multiplier", dice.percent(50) ? "1.0" : "1.5");
        config.put(prefix + "baseline-ratio", dice.percent(50) ? "0.3" : "0.6");
        return new JobGraph(
                graph.jobId(),
                graph.name(),
                graph.mode(),
                graph.bounded(),
                graph.vertices(),
                graph.edges(),
                config,
                List.of());
    }

    /** Of a subtask at a time. */
    int maxAttempts() {
        return Integer.parseInt(graph.config().getOrDefault(MOST_ATTEMPTS, "1"));
    }

    /** Some jobs start from what another one has left, and most of these claim it. */
    private static SimulatedJob maybeStartingFrom(SimulatedJob job, Dice dice) {
        if (!job.takesCheckpoints()
                || job.splits == 0
                || job.recordsPerSplit < 2
                || !dice.percent(35)) {
            return job;
        }
        Map<String, String> config = new TreeMap<>(job.graph.config());
        String left = LeftCheckpoint.manifest(job.graph.jobId().hex());
        config.put("execution.state-recovery.path", left);
        config.put("execution.state-recovery.claim-mode", dice.percent(70) ? "CLAIM" : "NO_CLAIM");
        JobGraph graph =
                new JobGraph(
                        job.graph.jobId(),
                        job.graph.name(),
                        job.graph.mode(),
                        job.graph.bounded(),
                        job.graph.vertices(),
                        job.graph.edges(),
                        config,
                        List.of());
        return new SimulatedJob(
                graph,
                job.splits,
                job.recordsPerSplit,
                job.submitAtMs,
                dice.between(1, job.recordsPerSplit - 1));
    }

    /** Whether it starts from a checkpoint of another job. */
    boolean startsFromLeft() {
        return startsAfter > 0;
    }

    /** Whether that one becomes its own. */
    boolean claims() {
        return "CLAIM".equals(graph.config().get("execution.state-recovery.claim-mode"));
    }

    /** Whether it takes checkpoints, and so its records flow. */
    boolean takesCheckpoints() {
        return graph.config().containsKey("execution.checkpointing.interval");
    }

    /** Whether it restarts when a function of its program has thrown. */
    boolean outlivesUserCode() {
        return takesCheckpoints() || graph.config().containsKey("restart.strategy");
    }

    private static JobGraph graph(int number, boolean checkpoints, Dice dice) {
        List<JobVertex> vertices = new ArrayList<>();
        List<JobEdge> edges = new ArrayList<>();
        int pipelines = dice.percent(35) ? 2 : 1;
        boolean staged = !checkpoints && dice.percent(40);
        for (int p = 0; p < pipelines; p++) {
            addPipeline(vertices, edges, staged, dice);
        }
        boolean bounded = staged || dice.percent(checkpoints ? 40 : 90);
        Map<String, String> config = new TreeMap<>();
        if (dice.percent(20)) {
            config.put("restart.strategy", "fixed-delay");
            config.put("restart.attempts", "1");
        }
        if (checkpoints) {
            checkpointing(config, dice);
        }
        return new JobGraph(
                new JobId(String.format("%08x%024d", number + 1, 0)),
                "job-" + number,
                bounded && !checkpoints ? ExecutionMode.BATCH : ExecutionMode.STREAMING,
                bounded,
                vertices,
                edges,
                config,
                List.of());
    }

    private static void checkpointing(Map<String, String> config, Dice dice) {
        String prefix = "execution.checkpointing.";
        config.put(prefix + "interval", dice.between(200, 4_000) + " ms");
        boolean patient = dice.percent(80);
        config.put(prefix + "timeout", (patient ? dice.between(3_000, 8_000) : 60_000) + " ms");
        config.put(prefix + "num-retained", String.valueOf(dice.between(1, 3)));
        config.put(
                prefix + "tolerable-failed-checkpoints",
                patient ? "1000" : String.valueOf(dice.between(0, 2)));
        if (dice.percent(30)) {
            config.put(prefix + "max-concurrent-checkpoints", "2");
        } else if (dice.percent(30)) {
            config.put(prefix + "min-pause", "500 ms");
        }
        if (dice.percent(20)) {
            config.put(prefix + "externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        }
    }

    /**
     * A source, perhaps vertices between, and a sink; or all in one vertex.
     *
     * @param staged whether edges are stored
     */
    private static void addPipeline(
            List<JobVertex> vertices, List<JobEdge> edges, boolean staged, Dice dice) {
        String group = dice.percent(80) ? "default" : "group-" + vertices.size();
        int width = dice.between(1, 3);
        int length = dice.between(staged ? 2 : 1, staged ? 4 : 3);
        for (int i = 0; i < length; i++) {
            int id = vertices.size() + 1;
            List<ChainedOperator> operators = new ArrayList<>();
            if (i == 0) {
                operators.add(operator(id, OperatorSpec.Kind.SOURCE));
            }
            if (i == length - 1) {
                operators.add(operator(i == 0 ? 100 + id : id, OperatorSpec.Kind.SINK));
            }
            if (operators.isEmpty()) {
                operators.add(operator(id, OperatorSpec.Kind.MAP));
            }
            boolean forward = i > 0 && dice.percent(40);
            if (!forward) {
                width = dice.between(1, 3);
            }
            vertices.add(new JobVertex(id, "vertex-" + id, width, 128, group, operators));
            if (i > 0) {
                edges.add(
                        new JobEdge(
                                edges.size(),
                                id - 1,
                                0,
                                null,
                                id,
                                0,
                                forward ? Partitioning.Kind.FORWARD : dealing(staged, dice),
                                new byte[0],
                                staged));
            }
        }
    }

    private static Partitioning.Kind dealing(boolean staged, Dice dice) {
        return staged && dice.percent(40)
                ? Partitioning.Kind.REBALANCE
                : Partitioning.Kind.KEY_GROUP;
    }

    private static ChainedOperator operator(int id, OperatorSpec.Kind kind) {
        return new ChainedOperator(
                id, null, kind.name(), kind, new byte[0], null, List.of(), List.of());
    }
}
