package io.millrace.state.api;

import io.millrace.api.backend.StateBackend;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.option.Config;
import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.Configuration;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.state.api.saved.SavedState;
import io.millrace.state.api.writer.Commit;
import io.millrace.state.api.writer.Frame;
import io.millrace.state.api.writer.KeptFormat;
import io.millrace.state.api.writer.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Writes a savepoint by a bounded job: a new one, or one that differs from an earlier one in some
 * metadata. The earlier one is read only. Where the program is built; not thread-safe.
 *
 * <p>{@link #write} adds tasks to the environment, and {@code execute()} runs them. The savepoint
 * is there if and only if the job has finished: its manifest is written last, by renaming.
 */
public class SavepointWriter {
    private static final long FIRST_CHECKPOINT = 1;

    /** Null: that of the environment. */
    protected final StateBackend stateBackend;

    /** What the savepoint is to have. */
    protected final SavepointMetadata metadata;

    private final StreamExecutionEnvironment env; // null: that of the first stream
    private final SavedState base; // null if there is no earlier one
    private final Configuration configuration = new Configuration();

    private SavepointWriter(
            StreamExecutionEnvironment env,
            StateBackend stateBackend,
            SavedState base,
            long checkpointId,
            int maxParallelism) {
        this.env = env;
        this.stateBackend = stateBackend;
        this.base = base;
        this.metadata =
                new SavepointMetadata(
                        checkpointId,
                        maxParallelism,
                        base == null ? List.of() : base.manifest().operators());
    }

    /**
     * @param maxParallelism the number of key groups of its operators
     */
    public static SavepointWriter newSavepoint(
            StreamExecutionEnvironment executionEnvironment, int maxParallelism) {
        return newSavepoint(executionEnvironment, FIRST_CHECKPOINT, maxParallelism);
    }

    /**
     * @param checkpointId of the savepoint, at least 0; checkpoints of a job that starts from it
     *     have higher ones
     */
    public static SavepointWriter newSavepoint(
            StreamExecutionEnvironment executionEnvironment,
            long checkpointId,
            int maxParallelism) {
        return fresh(executionEnvironment, null, checkpointId, maxParallelism);
    }

    /**
     * @param stateBackend holds the state until it is written: in memory, or on local disks
     */
    public static SavepointWriter newSavepoint(
            StreamExecutionEnvironment executionEnvironment,
            StateBackend stateBackend,
            int maxParallelism) {
        return newSavepoint(executionEnvironment, stateBackend, FIRST_CHECKPOINT, maxParallelism);
    }

    public static SavepointWriter newSavepoint(
            StreamExecutionEnvironment executionEnvironment,
            StateBackend stateBackend,
            long checkpointId,
            int maxParallelism) {
        return fresh(
                executionEnvironment,
                Objects.requireNonNull(stateBackend, "state back end"),
                checkpointId,
                maxParallelism);
    }

    /**
     * @deprecated give the environment too
     */
    @Deprecated
    public static SavepointWriter newSavepoint(int maxParallelism) {
        return fresh(null, null, FIRST_CHECKPOINT, maxParallelism);
    }

    /**
     * @deprecated give the environment too
     */
    @Deprecated
    public static SavepointWriter newSavepoint(StateBackend stateBackend, int maxParallelism) {
        return fresh(
                null,
                Objects.requireNonNull(stateBackend, "state back end"),
                FIRST_CHECKPOINT,
                maxParallelism);
    }

    private static SavepointWriter fresh(
            StreamExecutionEnvironment env,
            StateBackend stateBackend,
            long checkpointId,
            int maxParallelism) {
        if (checkpointId < 0) {
            throw new IllegalArgumentException(
                    "The id of a checkpoint is 0 or more, not " + checkpointId + ".");
        }
        return new SavepointWriter(
                env, stateBackend, null, checkpointId, requireMaxParallelism(maxParallelism));
    }

    /**
     * Begins with what an earlier savepoint, or retained checkpoint, has. Operators that are added
     * have as many key groups as those had that they replace, others as many as most of its
     * metadata.
     */
    public static SavepointWriter fromExistingSavepoint(
            StreamExecutionEnvironment executionEnvironment, String path) throws IOException {
        return existing(executionEnvironment, path, null);
    }

    public static SavepointWriter fromExistingSavepoint(
            StreamExecutionEnvironment executionEnvironment, String path, StateBackend stateBackend)
            throws IOException {
        return existing(
                executionEnvironment, path, Objects.requireNonNull(stateBackend, "state back end"));
    }

    /**
     * @deprecated give the environment too
     */
    @Deprecated
    public static SavepointWriter fromExistingSavepoint(String path) throws IOException {
        return existing(null, path, null);
    }

    /**
     * @deprecated give the environment too
     */
    @Deprecated
    public static SavepointWriter fromExistingSavepoint(String path, StateBackend stateBackend)
            throws IOException {
        return existing(null, path, Objects.requireNonNull(stateBackend, "state back end"));
    }

    private static SavepointWriter existing(
            StreamExecutionEnvironment env, String path, StateBackend stateBackend) {
        SavedState base = SavedState.open(path);
        int most =
                base.manifest().operators().stream()
                        .mapToInt(OperatorEntry::maxParallelism)
                        .max()
                        .orElse(128);
        return new SavepointWriter(env, stateBackend, base, base.manifest().checkpointId(), most);
    }

    static int requireMaxParallelism(int maxParallelism) {
        if (maxParallelism < 1 || maxParallelism > 1 << 15) {
            throw new IllegalArgumentException(
                    "The maximum parallelism is from 1 to 32768, not " + maxParallelism + ".");
        }
        return maxParallelism;
    }

    /**
     * @deprecated name the operator by {@link OperatorIdentifier}
     */
    @Deprecated
    public SavepointWriter removeOperator(String uid) {
        return removeOperator(OperatorIdentifier.forUid(uid));
    }

    /**
     * Leaves an operator out.
     *
     * @throws MillraceException {@code PROGRAM_INVALID} naming those that there are, if it is none
     *     of them
     */
    public SavepointWriter removeOperator(OperatorIdentifier identifier) {
        metadata.remove(identifier);
        return this;
    }

    /**
     * @deprecated name the operator by {@link OperatorIdentifier}
     */
    @Deprecated
    public <T> SavepointWriter withOperator(
            String uid, StateBootstrapTransformation<T> transformation) {
        return withOperator(OperatorIdentifier.forUid(uid), transformation);
    }

    /**
     * Adds an operator.
     *
     * @throws MillraceException {@code PROGRAM_INVALID} if there is one by that name, which is to
     *     be removed first
     */
    public <T> SavepointWriter withOperator(
            OperatorIdentifier identifier, StateBootstrapTransformation<T> transformation) {
        metadata.add(identifier, Objects.requireNonNull(transformation, "transformation"));
        return this;
    }

    /**
     * Gives an operator another name; its state stays as it is.
     *
     * @throws MillraceException {@code PROGRAM_INVALID} if there is no such operator, or the new
     *     name is taken
     */
    public SavepointWriter changeOperatorIdentifier(
            OperatorIdentifier from, OperatorIdentifier to) {
        metadata.rename(from, to);
        return this;
    }

    /** An option for the tasks that make state, such as one of the state back end. */
    public <T> SavepointWriter withConfiguration(ConfigOption<T> option, T value) {
        configuration.set(option, value);
        return this;
    }

    /**
     * Adds the tasks that write the savepoint.
     *
     * @param path of its directory, which is made; nothing may be there
     * @throws MillraceException {@code OUTPUT_EXISTS} if something is, {@code PROGRAM_INVALID} if
     *     it would have no operator; of the file system
     */
    public final void write(String path) {
        if (metadata.hasNoOperators()) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the savepoint "
                            + path
                            + " would have no operator. Add one with withOperator().");
        }
        String jobId = UUID.randomUUID().toString().replace("-", "");
        Target target = new Target(requireNew(path), jobId, metadata.getCheckpointId());
        List<OperatorEntry> entries = new ArrayList<>();
        List<DataStream<Tuple3<Integer, Integer, byte[]>>> written = new ArrayList<>();
        metadata.made().forEach((id, each) -> written.add(add(id, each, entries, target)));
        if (!metadata.kept().isEmpty()) {
            written.add(copy(entries, target));
        }
        DataStream<Tuple3<Integer, Integer, byte[]>> all = written.remove(0);
        for (DataStream<Tuple3<Integer, Integer, byte[]>> each : written) {
            all = all.union(each);
        }
        all.global()
                .transform(
                        "Complete savepoint",
                        Types.STRING,
                        new Commit(
                                target,
                                Frame.of(
                                        target,
                                        entries,
                                        base == null ? null : base.manifest(),
                                        metadata.kept())))
                .setParallelism(1)
                .setMaxParallelism(1)
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1);
    }

    private static String requireNew(String path) {
        Path place = new Path(path);
        try {
            FileSystem files = place.getFileSystem();
            Path qualified = place.makeQualified(files);
            if (files.exists(qualified)) {
                throw new MillraceException(
                        ErrorCode.OUTPUT_EXISTS,
                        "the savepoint cannot be written to "
                                + qualified
                                + ": something is there already, and nothing that exists is ever"
                                + " written to. Name another directory, or remove this one"
                                + " ('millrace savepoint --dispose' if it is a savepoint).");
            }
            return qualified.toString();
        } catch (IOException e) {
            throw FileErrors.of(e, place, "look where the savepoint is to go");
        }
    }

    private <T> DataStream<Tuple3<Integer, Integer, byte[]>> add(
            String id,
            StateBootstrapTransformation<T> transformation,
            List<OperatorEntry> entries,
            Target target) {
        int groups =
                base != null && base.has(id)
                        ? base.operator(id).entry().maxParallelism()
                        : metadata.getMaxParallelism();
        int number = entries.size();
        entries.add(
                new OperatorEntry(
                        id,
                        transformation.name(),
                        transformation.parallelism(groups),
                        transformation.maxParallelism(groups),
                        List.of()));
        return transformation.write(id, number, groups, config(), target);
    }

    private Config config() {
        Config known = BackEnd.configOf(environment());
        if (stateBackend != null) {
            known = known.overriddenBy(BackEnd.configOf(stateBackend));
        }
        return known.overriddenBy(configuration.toConfig());
    }

    private StreamExecutionEnvironment environment() {
        if (env != null) {
            return env;
        }
        return metadata.made().values().stream()
                .findFirst()
                .map(each -> each.stream().getExecutionEnvironment())
                .orElseGet(StreamExecutionEnvironment::getExecutionEnvironment);
    }

    private DataStream<Tuple3<Integer, Integer, byte[]>> copy(
            List<OperatorEntry> entries, Target target) {
        int first = entries.size();
        metadata.kept()
                .forEach(
                        (id, before) -> {
                            OperatorEntry entry = base.operator(before).entry();
                            entries.add(
                                    new OperatorEntry(
                                            id,
                                            entry.name(),
                                            entry.parallelism(),
                                            entry.maxParallelism(),
                                            List.of()));
                        });
        return environment()
                .createInput(
                        new KeptFormat(
                                base.path(), List.copyOf(metadata.kept().values()), first, target),
                        Commit.WRITTEN)
                .name("Copy state");
    }
}
