package io.millrace.client;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.api.option.Option;
import io.millrace.client.job.Numbers;
import io.millrace.hdfs.DirectoryRoom;
import io.millrace.host.check.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the directories of checkpoints and savepoints can be written. Writes nothing. */
final class PlaceFindings {
    private static final long FEW_NAMES = 10_000;
    private static final long FEW_BYTES = 10L << 30;

    private PlaceFindings() {}

    static List<Finding> of(Config config, Surroundings surroundings) {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> environment = surroundings.environment();
        look(CheckpointOptions.DIRECTORY, config, environment, findings);
        look(CheckpointOptions.SAVEPOINT_DIRECTORY, config, environment, findings);
        return findings;
    }

    private static void look(
            Option<String> option,
            Config config,
            Map<String, String> environment,
            List<Finding> findings) {
        String directory = config.find(option).orElse(null);
        if (directory == null) {
            return;
        }
        DirectoryRoom room;
        try {
            room = DirectoryRoom.of(directory, environment);
        } catch (MillraceException e) {
            findings.add(Finding.error("directory", e.getMessage(), option.key(), ""));
            return;
        }
        if (room.refusal() != null) {
            findings.add(
                    Finding.error(
                            "directory",
                            directory + " cannot be written: " + room.refusal(),
                            option.key(),
                            "give yourself the right to write below "
                                    + room.existing()
                                    + ", or choose another directory"));
        }
        if (room.namesLeft() >= 0 && room.namesLeft() < FEW_NAMES
                || room.bytesLeft() >= 0 && room.bytesLeft() < FEW_BYTES) {
            findings.add(
                    Finding.warning(
                            "quota",
                            "the quota of "
                                    + room.existing()
                                    + " leaves "
                                    + (room.namesLeft() < 0
                                            ? ""
                                            : room.namesLeft() + " files and directories ")
                                    + (room.bytesLeft() < 0
                                            ? ""
                                            : Numbers.bytes(room.bytesLeft())
                                                    + " (replicas counted)"),
                            option.key(),
                            "have it raised, or keep fewer checkpoints"
                                    + " (execution.checkpointing.num-retained)"));
        }
    }
}
