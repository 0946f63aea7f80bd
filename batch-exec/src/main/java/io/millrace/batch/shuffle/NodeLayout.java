package io.millrace.batch.shuffle;

import io.millrace.batch.shuffle.node.NodeFiles;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Of a worker whose node's shuffle service serves its results, too: a directory for each result, as
 * {@link NodeFiles} names it. All workers of the application on a node write below the same
 * directories. Immutable.
 */
record NodeLayout(String workerId) implements ResultLayout {
    @Override
    public ResultPaths create(Path local, ResultId id) throws IOException {
        Path output = NodeFiles.output(local);
        Path directory = output.resolve(NodeFiles.nameOf(workerId, id));
        Files.createDirectories(directory);
        NodeFiles.share(output);
        NodeFiles.share(directory);
        return new ResultPaths(
                directory.resolve(NodeFiles.DATA), directory.resolve(NodeFiles.INDEX));
    }

    @Override
    public void onWhole(ResultPaths paths) throws IOException {
        NodeFiles.share(paths.data());
        NodeFiles.share(paths.index());
    }

    @Override
    public void onRemoved(ResultPaths paths) throws IOException {
        Files.deleteIfExists(paths.data().getParent());
    }

    @Override
    public void removeOrphan(Path local, ResultId id) throws IOException {
        String end = NodeFiles.endOfName(id);
        removeWhere(local, name -> name.endsWith(end));
    }

    @Override
    public void removeJob(Path local, JobId jobId) throws IOException {
        String part = NodeFiles.partOfJob(jobId);
        removeWhere(local, name -> name.contains(part));
    }

    private static void removeWhere(Path local, Predicate<String> isMeant) throws IOException {
        Path output = NodeFiles.output(local);
        if (!Files.isDirectory(output)) {
            return;
        }
        try (Stream<Path> results = Files.list(output)) {
            for (Path result :
                    results.filter(path -> isMeant.test(path.getFileName().toString())).toList()) {
                ResultLayout.removeTree(result);
            }
        }
    }

    @Override
    public boolean outlivesWorker() {
        return true;
    }
}
