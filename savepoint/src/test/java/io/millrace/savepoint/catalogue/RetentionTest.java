package io.millrace.savepoint.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.savepoint.catalogue.CatalogueEntry.Form;
import io.millrace.savepoint.catalogue.CatalogueEntry.State;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final long DAY = 86_400_000;
    private static final long NOW = 100 * DAY;

    private static CatalogueEntry savepoint(String name, String job, long day, boolean pinned) {
        return entry(name, job, day, State.COMPLETE, new Marks(pinned, List.of()));
    }

    private static CatalogueEntry entry(
            String name, String job, long day, State state, Marks marks) {
        return new CatalogueEntry(
                Form.NATIVE,
                state,
                new Path("/s/" + name),
                "a".repeat(32),
                job,
                1,
                day,
                day * DAY,
                10,
                1,
                marks,
                0,
                "",
                null);
    }

    private static List<String> gone(Retention retention, CatalogueEntry... entries) {
        return gone(retention, Map.of(), entries);
    }

    private static List<String> gone(
            Retention retention, Map<Path, String> damaged, CatalogueEntry... entries) {
        List<Retention.Verdict> verdicts =
                retention.decide(List.of(entries), List.of(), damaged, NOW);
        assertThat(verdicts).hasSize(entries.length);
        assertThat(verdicts).allSatisfy(each -> assertThat(each.reason()).isNotBlank());
        return verdicts.stream()
                .filter(Retention.Verdict::goes)
                .map(verdict -> verdict.entry().path().getName())
                .toList();
    }

    @Test
    void theNewestOfEachJobStay() {
        assertThat(
                        gone(
                                new Retention(2, 0),
                                savepoint("a1", "a", 1, false),
                                savepoint("a2", "a", 2, false),
                                savepoint("a3", "a", 3, false),
                                savepoint("b1", "b", 1, false)))
                .containsExactly("a1");
    }

    @Test
    void youngOnesStay() {
        assertThat(
                        gone(
                                new Retention(1, 30 * DAY),
                                savepoint("old", "a", 69, false),
                                savepoint("young", "a", 71, false),
                                savepoint("newest", "a", 99, false)))
                .containsExactly("old");
    }

    @Test
    void theNewestStaysHoweverOldItIs() {
        assertThat(gone(new Retention(1, DAY), savepoint("only", "a", 1, false))).isEmpty();
    }

    @Test
    void pinnedOnesStay() {
        assertThat(
                        gone(
                                new Retention(1, 0),
                                savepoint("pinned", "a", 1, true),
                                savepoint("newest", "a", 2, false)))
                .isEmpty();
    }

    @Test
    void whatIsNotCompleteNeitherGoesNorCounts() {
        assertThat(
                        gone(
                                new Retention(1, 0),
                                savepoint("whole", "a", 1, false),
                                entry("half", "a", 2, State.UNFINISHED, Marks.NONE),
                                entry("damaged", "a", 3, State.DAMAGED, Marks.NONE)))
                .isEmpty();
    }

    @Test
    void oneThatLacksFilesIsNotTheNewestOne() {
        assertThat(
                        gone(
                                new Retention(1, 0),
                                Map.of(new Path("/s/lacks"), "a file is missing"),
                                savepoint("whole", "a", 1, false),
                                savepoint("lacks", "a", 2, false)))
                .isEmpty();
    }

    @Test
    void checkpointsAreNotJudged() {
        CatalogueEntry checkpoint =
                new CatalogueEntry(
                        Form.CHECKPOINT,
                        State.COMPLETE,
                        new Path("/c/1/2"),
                        "a".repeat(32),
                        "a",
                        1,
                        2,
                        DAY,
                        1,
                        1,
                        Marks.NONE,
                        0,
                        "",
                        null);

        assertThat(
                        new Retention(1, 0)
                                .decide(
                                        Stream.of(checkpoint, savepoint("s", "a", 1, false))
                                                .toList(),
                                        List.of(),
                                        Map.of(),
                                        NOW))
                .hasSize(1);
    }
}
