package io.millrace.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Outcomes in a file, one for each workload and parallelism. Confined to the caller. */
final class Recorded {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path file;
    private final List<Outcome> outcomes;

    private Recorded(Path file, List<Outcome> outcomes) {
        this.file = file;
        this.outcomes = outcomes;
    }

    /** Empty if there is no such file. */
    static Recorded in(Path file) throws IOException {
        return new Recorded(
                file,
                Files.exists(file)
                        ? JSON.readValue(file.toFile(), new TypeReference<ArrayList<Outcome>>() {})
                        : new ArrayList<>());
    }

    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    Optional<Outcome> find(String workload, int parallelism) {
        return outcomes.stream()
                .filter(o -> o.workload().equals(workload) && o.parallelism() == parallelism)
                .findFirst();
    }

    /** Takes the place of an older one of the same workload and parallelism. */
    void put(Outcome outcome) throws IOException {
        Optional<Outcome> older = find(outcome.workload(), outcome.parallelism());
        if (older.isPresent()) {
            outcomes.set(outcomes.indexOf(older.get()), outcome);
        } else {
            outcomes.add(outcome);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        JSON.writeValue(file.toFile(), outcomes);
    }
}
