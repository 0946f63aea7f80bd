package io.millrace.testutils;

import io.millrace.api.graph.JobExecutor;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.option.Config;
import io.millrace.api.stream.JobClient;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import java.util.ArrayList;
import java.util.List;

/** Submits to an embedded cluster and remembers which jobs have not ended. Thread-safe. */
final class RememberedJobs implements JobExecutor, AutoCloseable {
    private final EmbeddedJobExecutor engine;
    private final List<JobClient> submitted = new ArrayList<>(); // guarded by itself

    RememberedJobs(EmbeddedJobExecutor engine) {
        this.engine = engine;
    }

    @Override
    public JobClient submit(StreamGraph graph) {
        JobClient job = engine.submit(graph);
        synchronized (submitted) {
            submitted.removeIf(each -> each.getJobExecutionResult().isDone());
            submitted.add(job);
        }
        return job;
    }

    /** The jobs that have not ended yet. */
    List<JobClient> running() {
        synchronized (submitted) {
            return submitted.stream()
                    .filter(each -> !each.getJobExecutionResult().isDone())
                    .toList();
        }
    }

    @Override
    public Config defaults() {
        return engine.defaults();
    }

    @Override
    public <T> ValueCodec<T> valueCodec(TypeInformation<T> type, ClassLoader userLoader) {
        return engine.valueCodec(type, userLoader);
    }

    @Override
    public String hostForWorkers() {
        return engine.hostForWorkers();
    }

    @Override
    public void close() {
        engine.close();
    }

    /** The same jobs, for programs that start with another parallelism. */
    JobExecutor withParallelism(int parallelism) {
        return new JobExecutor() {
            @Override
            public JobClient submit(StreamGraph graph) {
                return RememberedJobs.this.submit(graph);
            }

            @Override
            public Config defaults() {
                return RememberedJobs.this
                        .defaults()
                        .with("parallelism.default", String.valueOf(parallelism));
            }

            @Override
            public <T> ValueCodec<T> valueCodec(TypeInformation<T> type, ClassLoader userLoader) {
                return RememberedJobs.this.valueCodec(type, userLoader);
            }

            @Override
            public String hostForWorkers() {
                return RememberedJobs.this.hostForWorkers();
            }
        };
    }
}
