package io.millrace.host.sweep;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What is asked of the job of one case, and whether what it was told of it is so. */
final class Asked {
    private final SweepCase what;
    private final Path target;
    private final Path narrow;
    private final int parallelism;

    /**
     * @param directory of the case
     */
    Asked(SweepCase what, Path directory, Random random) {
        this.what = what;
        this.target = directory.resolve("savepoints");
        this.narrow = directory.resolve(SequencesProgram.NARROW);
        this.parallelism = what.request() == Request.RESCALE && random.nextBoolean() ? 1 : 3;
    }

    /** Asks the only job of an application. */
    void write(Path application) throws IOException {
        if (what.request().rescales()) {
            // Slots may take long; a savepoint waits for the records before it.
            Files.createFile(narrow.resolveSibling(SequencesProgram.LASTS));
        }
        if (what.request() == Request.RESCALE_IN_VAIN) {
            Files.createFile(narrow);
        }
        try (Stream<Path> jobs = Files.list(application.resolve("checkpoints"))) {
            String job = jobs.findFirst().orElseThrow().getFileName().toString();
            what.request().write(application, job, target, parallelism);
        }
    }

    /**
     * @param outcome state and path as somebody was told; null if nobody was
     */
    List<String> faults(List<String> outcome) throws IOException {
        if (outcome == null) {
            return List.of("nobody was told what became of " + what.request());
        }
        List<String> faults = new ArrayList<>();
        String state = outcome.get(0);
        if (what.outcome() != null && !state.equals(what.outcome())) {
            faults.add(what.request() + " has " + state + ", and not " + what.outcome());
        }
        boolean isThere = state.equals(Request.COMPLETED) && !what.request().rescales();
        List<Path> files = filesBelow(target);
        if (isThere) {
            Path place = Path.of(URI.create(outcome.get(1)));
            long manifests =
                    files.stream()
                            .filter(file -> file.startsWith(place))
                            .filter(
                                    file ->
                                            file.endsWith("manifest")
                                                    || file.endsWith("_manifest.json"))
                            .count();
            if (manifests != 1) {
                faults.add(place + " has " + manifests + " manifests");
            }
        }
        if (!isThere && !files.isEmpty()) {
            faults.add("left behind: " + files);
        }
        return faults;
    }

    /** The savepoint that the job has ended with and goes on from; null if it has not. */
    static String goesOnFrom(SweepCase what, List<String> outcome) {
        boolean stopped =
                what.request() == Request.STOP
                        && outcome != null
                        && outcome.get(0).equals(Request.COMPLETED);
        return stopped ? outcome.get(1) : null;
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
