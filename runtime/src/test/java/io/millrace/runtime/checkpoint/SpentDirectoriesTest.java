package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SpentDirectoriesTest {
    private final SpentDirectories spent = new SpentDirectories();

    private static CheckpointFiles small(long id, String... files) {
        return new CheckpointFiles(EpochParts.of(1, id), id, Set.of(files));
    }

    private static String directory(long id) {
        return EpochParts.of(1, id) + "/" + id;
    }

    private static String file(long id) {
        return directory(id) + "/w.seg";
    }

    /** One is dropped, others are needed; the next one is to have the id {@code nextId}. */
    private Garbage drop(CheckpointFiles dropped, List<CheckpointFiles> needed, long nextId) {
        return spent.take(
                Garbage.released(List.of(dropped), needed),
                List.of(dropped),
                needed,
                EpochParts.of(1, nextId));
    }

    @Test
    void smallOnesGoWithTheirPart() {
        for (long id = 1; id < 7; id++) {
            assertThat(drop(small(id), List.of(small(id + 1)), id + 2).isEmpty()).isTrue();
        }

        assertThat(drop(small(7), List.of(small(8)), 9).directories())
                .containsExactly(String.valueOf(EpochParts.of(1, 7)));
    }

    @Test
    void aPartWaitsForACheckpointThatMayStillBeWrittenThere() {
        Garbage none = drop(small(6), List.of(small(8)), 7);
        assertThat(none.isEmpty()).as("7 is under way").isTrue();

        assertThat(drop(small(8), List.of(small(9)), 10).directories())
                .containsExactly(String.valueOf(EpochParts.of(1, 6)));
    }

    @Test
    void aPartWaitsForTheLastWhoNeedsAFileInIt() {
        CheckpointFiles increment = small(8, file(7), file(8));
        assertThat(drop(small(7, file(7)), List.of(increment), 9).isEmpty()).isTrue();

        assertThat(drop(increment, List.of(small(9, file(9))), 10).directories())
                .containsExactly(String.valueOf(EpochParts.of(1, 7)));
    }

    @Test
    void aLargeOneGoesAtOnceAndItsPartLater() {
        CheckpointFiles large =
                new CheckpointFiles(EpochParts.of(1, 6), 6, Set.of(file(6)), Set.of(directory(6)));
        assertThat(drop(large, List.of(small(7)), 8).directories()).containsExactly(directory(6));

        assertThat(drop(small(7), List.of(small(8)), 9).directories())
                .containsExactly(String.valueOf(EpochParts.of(1, 6)));
    }

    @Test
    void oneOfAnOlderReleaseGoesAtOnce() {
        CheckpointFiles old = new CheckpointFiles(1, 3, Set.of("1/3/w.seg"));

        assertThat(drop(old, List.of(small(4)), 5).directories()).containsExactly("1/3");
    }

    @Test
    void whatWaitsGoesWhenTheJobEnds() {
        drop(small(1), List.of(small(3)), 4);
        drop(small(2), List.of(small(3)), 4);

        assertThat(spent.takeAll().directories()).containsExactly(directory(1), directory(2));
        assertThat(spent.takeAll().isEmpty()).isTrue();
    }

    /** Chains of increments of random length, some of which fail. */
    @Test
    void nothingThatIsNeededGoesAndNothingElseStaysLong() {
        Random random = new Random(1);
        Set<String> there = new TreeSet<>();
        List<CheckpointFiles> retained = new ArrayList<>();
        List<String> chain = new ArrayList<>();
        for (long id = 1; id < 2_000; id++) {
            if (random.nextInt(5) == 0) {
                continue; // given up, and removed by itself
            }
            if (random.nextInt(6) == 0) {
                chain.clear();
            }
            chain.add(file(id));
            there.add(directory(id));
            retained.add(small(id, chain.toArray(String[]::new)));
            List<CheckpointFiles> dropped = new ArrayList<>();
            while (retained.size() > 2) {
                dropped.add(retained.remove(0));
            }
            Garbage garbage =
                    spent.take(
                            Garbage.released(dropped, retained),
                            dropped,
                            retained,
                            EpochParts.of(1, id + 1));
            for (String one : garbage.directories()) {
                there.removeIf(known -> known.equals(one) || known.startsWith(one + "/"));
            }
            for (CheckpointFiles one : retained) {
                assertThat(there).contains(one.directory());
                one.files().forEach(file -> assertThat(there).contains(Garbage.directoryOf(file)));
            }
            long oldest =
                    retained.stream()
                            .flatMap(one -> one.files().stream())
                            .mapToLong(name -> Long.parseLong(name.split("/")[1]))
                            .min()
                            .orElseThrow();
            long first = oldest / EpochParts.SIZE * EpochParts.SIZE;
            assertThat(there).allMatch(name -> Long.parseLong(name.split("/")[1]) >= first);
        }
    }
}
