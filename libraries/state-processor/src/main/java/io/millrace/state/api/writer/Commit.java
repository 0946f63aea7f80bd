package io.millrace.state.api.writer;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.BoundedOneInput;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.ManifestCodec;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.runtime.checkpoint.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a savepoint whole when all its subtasks are written: its manifest comes last, by renaming.
 * What attempts that have failed left beside it is removed. Runs once; confined to its task.
 */
public final class Commit extends AbstractStreamOperator<String>
        implements OneInputStreamOperator<Tuple3<Integer, Integer, byte[]>, String>,
                BoundedOneInput {
    private static final long serialVersionUID = 1L;

    /** Of what it is told: number of the operator, of the subtask, and a manifest of that. */
    public static final TypeInformation<Tuple3<Integer, Integer, byte[]>> WRITTEN =
            Types.TUPLE(Types.INT, Types.INT, Types.PRIMITIVE_ARRAY(Types.BYTE));

    private static final Logger LOGGER = LoggerFactory.getLogger(Commit.class);

    private final Target target;
    private final byte[] skeleton;
    private transient Map<Integer, Map<Integer, Manifest>> written;

    /**
     * @param skeleton of the savepoint, as a manifest whose operators have no subtasks yet
     */
    public Commit(Target target, Manifest skeleton) {
        this.target = target;
        this.skeleton = ManifestCodec.encode(skeleton);
    }

    @Override
    public void open() {
        written = new TreeMap<>();
    }

    @Override
    public void processElement(StreamRecord<Tuple3<Integer, Integer, byte[]>> element) {
        Tuple3<Integer, Integer, byte[]> one = element.getValue();
        written.computeIfAbsent(one.f0, number -> new TreeMap<>())
                .put(one.f1, ManifestCodec.decode(one.f2, "a subtask of " + target.path()));
    }

    @Override
    public void endInput() throws Exception {
        if (SavepointDirectory.isWhole(target.path())) {
            // An attempt before this one has ended behind the last step.
            removeOthers(SavedCheckpoint.find(new Path(target.path())).read());
            return;
        }
        Manifest manifest = assembled();
        CheckpointDirectory directory = target.directory();
        directory.files().mkdirs(directory.checkpoint(Target.EPOCH, target.checkpointId()));
        removeOthers(manifest);
        SavepointDirectory.store(target.path(), manifest);
        LOGGER.info(
                "a savepoint was written path={} operators={} bytes={}",
                target.path(),
                manifest.operators().size(),
                manifest.totalBytes());
        output.collect(new StreamRecord<>(target.path()));
    }

    private Manifest assembled() {
        Manifest frame = ManifestCodec.decode(skeleton, target.path());
        List<OperatorEntry> operators = new ArrayList<>();
        List<StoredFile> files = new ArrayList<>();
        for (int number = 0; number < frame.operators().size(); number++) {
            OperatorEntry entry = frame.operators().get(number);
            Map<Integer, Manifest> subtasks = written.getOrDefault(number, Map.of());
            if (subtasks.size() != entry.parallelism()) {
                throw new MillraceException(
                        ErrorCode.INTERNAL,
                        "the savepoint "
                                + target.path()
                                + " is not written: of operator '"
                                + entry.id()
                                + "' "
                                + subtasks.size()
                                + " subtasks have come, of "
                                + entry.parallelism()
                                + ".");
            }
            List<SubtaskEntry> entries = new ArrayList<>();
            for (Manifest one : subtasks.values()) {
                entries.add(one.operators().get(0).subtasks().get(0));
                files.addAll(one.files());
            }
            operators.add(
                    new OperatorEntry(
                            entry.id(),
                            entry.name(),
                            entry.parallelism(),
                            entry.maxParallelism(),
                            entries));
        }
        return new Manifest(
                frame.jobId(),
                frame.jobName(),
                frame.epoch(),
                frame.checkpointId(),
                frame.triggeredAtMs(),
                frame.kind(),
                operators,
                frame.enumerators(),
                frame.committables(),
                files);
    }

    private void removeOthers(Manifest manifest) throws IOException {
        CheckpointDirectory directory = target.directory();
        FileSystem files = directory.files();
        Set<String> named = new HashSet<>();
        for (StoredFile file : manifest.files()) {
            named.add(directory.resolve(file.file()).getName());
        }
        Path place = directory.checkpoint(Target.EPOCH, target.checkpointId());
        for (FileStatus found : files.listStatus(place)) {
            String name = found.getPath().getName();
            if (name.endsWith(".seg") && !named.contains(name)) {
                files.delete(found.getPath(), false);
            }
        }
    }
}
