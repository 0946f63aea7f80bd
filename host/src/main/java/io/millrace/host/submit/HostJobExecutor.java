package io.millrace.host.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.Path;
import io.millrace.api.graph.CachedFile;
import io.millrace.api.graph.JobExecutor;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.option.Config;
import io.millrace.api.option.OptionCheck;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobID;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import io.millrace.coordinator.checkpoint.CheckpointPolicy;
import io.millrace.coordinator.checkpoint.OperatorIds;
import io.millrace.host.check.StartCheck;
import io.millrace.host.check.StateMapping;
import io.millrace.host.checkpoint.CheckpointRoot;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobPlanner;
import io.millrace.runtime.serde.ValueCodecs;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits the jobs of one program to a coordinator in this process. Thread-safe.
 *
 * <p>All that can be refused is refused here, before any worker is asked for: options, missing
 * paths, output that exists, functions that cannot be serialized.
 */
public final class HostJobExecutor implements JobExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(HostJobExecutor.class);

    /** Leaves room in a frame of 16 MiB for what else a deployment carries. */
    private static final long MAX_PROGRAM_BYTES = 12L << 20;

    private final Jobs jobs;
    private final Config defaults;
    private final List<String> userJars;
    private final ClassLoader user;
    private final String hostForWorkers;
    private final String checkpointRoot;
    private final EarlierJobs earlier;
    private final AtomicInteger submitted = new AtomicInteger(); // by any thread of the program

    /**
     * @param defaults options given from outside of the program
     * @param userJars of the program, as in {@link JobGraph#userJars()}
     * @param user the program's class loader
     * @param hostForWorkers a name or address of this host that workers can connect to
     * @param checkpointRoot of jobs that take checkpoints and name no directory
     * @param earlier what the program has submitted in earlier runs, and meets again
     */
    public HostJobExecutor(
            Jobs jobs,
            Config defaults,
            List<String> userJars,
            ClassLoader user,
            String hostForWorkers,
            String checkpointRoot,
            EarlierJobs earlier) {
        this.jobs = jobs;
        this.defaults = defaults;
        this.userJars = List.copyOf(userJars);
        this.user = user;
        this.hostForWorkers = hostForWorkers;
        this.checkpointRoot = checkpointRoot;
        this.earlier = earlier;
    }

    @Override
    public JobClient submit(StreamGraph graph) {
        int number = submitted.getAndIncrement();
        EarlierJobs.Earlier met =
                number < earlier.jobs().size() ? earlier.jobs().get(number) : null;
        JobGraph plan;
        if (met == null) {
            plan = CheckpointRoot.in(planned(graph, userJars, user), checkpointRoot);
            lookAtStart(graph, plan);
            jobs.submit(plan, InputHosts.of(graph, user));
        } else if (met.isKnown()) {
            // Its output may be there already, so nothing is checked but that it is the same job.
            plan = JobPlanner.plan(graph, met.graph().jobId(), userJars);
            JobShape.requireSame(met.graph(), plan);
            jobs.metAgain(met.graph());
        } else {
            planned(graph, userJars, user);
            plan = JobPlanner.plan(graph, met.graph().jobId(), userJars);
            jobs.submit(plan);
        }
        return new HostJobClient(jobs, plan.jobId(), user, new Cleanups(graph, user));
    }

    /** Says what becomes of the state that it starts from; what cannot be read ends it here. */
    private void lookAtStart(StreamGraph graph, JobGraph plan) {
        Optional<StateMapping> mapping;
        try {
            mapping = StartCheck.mapping(graph, plan, user);
        } catch (RuntimeException e) {
            // Whether it can be read is found out, and tried again, where it is restored.
            LOG.info("What the job starts from could not be looked at. reason={}", e.getMessage());
            return;
        }
        mapping.ifPresent(
                found -> {
                    for (StateMapping.Row row : found.rows()) {
                        LOG.info(
                                "State was mapped. fate={} operator={} uid={} kind={} state={}"
                                        + " detail={}",
                                row.fate(),
                                row.operator(),
                                row.uid(),
                                row.kind(),
                                row.state(),
                                row.detail());
                    }
                    StartCheck.refuse(found);
                });
    }

    /** Checks the program and plans it; changes nothing outside. */
    public static JobGraph planned(StreamGraph graph, List<String> userJars, ClassLoader user) {
        OptionCheck options = OptionCheck.ofEngine(HostJobExecutor.class.getClassLoader());
        options.check(graph.config());
        options.idle(graph.config())
                .forEach(
                        (key, option) ->
                                LOG.warn(
                                        "An option is set in vain. key={} {}",
                                        key,
                                        option.description()));
        Preflights.run(graph, user);
        checkCachedFiles(graph);
        JobGraph plan = JobPlanner.plan(graph, new JobId(JobID.generate().toHexString()), userJars);
        checkSize(plan);
        if (CheckpointPolicy.of(plan).isEnabled()) {
            OperatorIds.of(plan);
        }
        return plan;
    }

    /** What is missing here is missing on the workers; so say it before any of them starts. */
    private static void checkCachedFiles(StreamGraph graph) {
        for (CachedFile file : graph.attachments().cachedFiles()) {
            Path path = new Path(file.path());
            try {
                path.getFileSystem().getFileStatus(path);
            } catch (IOException e) {
                throw FileErrors.of(e, path, "find cached file '" + file.name() + "'");
            }
        }
    }

    private static void checkSize(JobGraph plan) {
        byte[] parameters = plan.attachments().parameters();
        long bytes = parameters == null ? 0 : parameters.length;
        ChainedOperator largest = null;
        for (ChainedOperator operator :
                plan.vertices().stream().flatMap(vertex -> vertex.operators().stream()).toList()) {
            bytes += operator.spec().length;
            if (largest == null || operator.spec().length > largest.spec().length) {
                largest = operator;
            }
        }
        if (bytes > MAX_PROGRAM_BYTES) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the program's functions have "
                            + bytes
                            + " bytes when serialized, "
                            + largest.spec().length
                            + " of them in operator '"
                            + largest.name()
                            + "'; at most "
                            + MAX_PROGRAM_BYTES
                            + " are allowed. Read large data in open() instead of keeping it in a"
                            + " field.");
        }
    }

    @Override
    public Config defaults() {
        return defaults;
    }

    @Override
    public <T> ValueCodec<T> valueCodec(TypeInformation<T> type, ClassLoader userLoader) {
        return ValueCodecs.of(type, userLoader);
    }

    @Override
    public String hostForWorkers() {
        return hostForWorkers;
    }
}
