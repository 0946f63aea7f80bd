package io.millrace.host.check;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.api.graph.StreamGraph;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.SavepointFormats;
import io.millrace.runtime.plan.JobGraph;
import java.util.List;
import java.util.Optional;

/** Holds a program against the checkpoint that it is to start from. Any thread. */
public final class StartCheck {
    private StartCheck() {}

    /**
     * What becomes of the states; empty if the job starts empty.
     *
     * @param user the program's class loader
     * @throws MillraceException {@code CHECKPOINT_NOT_FOUND}, {@code CHECKPOINT_FILE_CORRUPT},
     *     {@code CHECKPOINT_INCOMPATIBLE}, or of the file system
     */
    public static Optional<StateMapping> mapping(
            StreamGraph graph, JobGraph plan, ClassLoader user) {
        Optional<String> from = graph.config().find(CheckpointOptions.RECOVERY_PATH);
        return from.map(
                path ->
                        StateMapping.of(
                                manifest(new Path(path)),
                                graph,
                                plan,
                                graph.config().get(CheckpointOptions.IGNORE_UNCLAIMED_STATE),
                                user));
    }

    private static Manifest manifest(Path path) {
        return SavepointFormats.ofEngine()
                .read(path)
                .orElseGet(() -> SavedCheckpoint.with(path, SavedCheckpoint::read));
    }

    /**
     * @throws MillraceException naming the first state that cannot be read, if there is one
     */
    public static void refuse(StateMapping mapping) {
        List<StateMapping.Row> refused = mapping.refused();
        if (refused.isEmpty()) {
            return;
        }
        StateMapping.Row first = refused.get(0);
        ErrorCode code = first.code();
        int more = refused.size() - 1;
        throw new MillraceException(
                code,
                "the job cannot start from this checkpoint, and nothing was started: "
                        + (first.state().isEmpty()
                                ? first.kind()
                                : first.kind() + " state '" + first.state() + "'")
                        + " of operator '"
                        + first.operator()
                        + "' (uid '"
                        + first.uid()
                        + "'): "
                        + withoutStop(first.detail())
                        + (more > 0 ? ". The same goes for " + more + " more" : "")
                        + ". 'millrace check -s PATH JAR' shows all states.");
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
