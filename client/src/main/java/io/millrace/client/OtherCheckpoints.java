package io.millrace.client;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.Path;
import io.millrace.api.option.Config;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where checkpoints lie that may need files of what a command is about to remove. */
final class OtherCheckpoints {
    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description =
                    "Of checkpoints that may need files of these; more than once if needed."
                            + " execution.checkpointing.dir is looked at anyway.")
    private List<String> named = new ArrayList<>();

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    /**
     * Those that are named, and that of the configuration if it is there: no job may have written
     * to it yet.
     *
     * @param about the directory that the command looks at anyway
     */
    List<Path> places(Surroundings surroundings, String about) {
        return places(surroundings, cluster, named, about);
    }

    /** The options of the command: how to reach the cluster. */
    Config config(Surroundings surroundings) {
        return ClientConfig.of(surroundings, cluster.overrides, null);
    }

    /** The same for a command with options of its own. */
    static List<Path> places(
            Surroundings surroundings, ClusterOptions cluster, List<String> named, String about) {
        List<Path> places = new ArrayList<>(named.stream().map(Path::new).toList());
        ClientConfig.of(surroundings, cluster.overrides, null)
                .find(CheckpointOptions.DIRECTORY)
                .filter(directory -> !directory.equals(about))
                .map(Path::new)
                .filter(OtherCheckpoints::exists)
                .ifPresent(places::add);
        return places;
    }

    private static boolean exists(Path path) {
        try {
            return path.getFileSystem().exists(path);
        } catch (IOException e) {
            throw FileErrors.of(e, path, "look for checkpoints");
        }
    }
}
