package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.checkpoint.Garbage.Found;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GarbageTest {
    private static final String OTHER = "hdfs://nn/c/ffffffffffffffffffffffffffffffff/1/5/w1.seg";

    private static CheckpointFiles checkpoint(long id, String... files) {
        return new CheckpointFiles(1, id, Set.of(files));
    }

    private static Found found(long epoch, long id, String... names) {
        return new Found(epoch, id, List.of(names), 0);
    }

    @Test
    void aCheckpointThatSharesNothingGoesWhole() {
        Garbage garbage =
                Garbage.released(
                        List.of(checkpoint(1, "1/1/w1.seg", "1/1/w2.seg")),
                        List.of(checkpoint(2, "1/2/w1.seg")));

        assertThat(garbage).isEqualTo(new Garbage(List.of("1/1"), List.of()));
    }

    @Test
    void aDirectoryWithAFileThatARetainedCheckpointNamesStays() {
        Garbage garbage =
                Garbage.released(
                        List.of(checkpoint(1, "1/1/w1.seg", "1/1/w2.seg")),
                        List.of(checkpoint(2, "1/1/w1.seg", "1/2/w2.seg")));

        assertThat(garbage.isEmpty()).isTrue();
    }

    @Test
    void theLastOneThatNamesAnOldFileTakesItsDirectoryWithIt() {
        Garbage garbage =
                Garbage.released(
                        List.of(checkpoint(2, "1/1/w1.seg", "1/2/w2.seg")),
                        List.of(checkpoint(3, "1/3/w1.seg")));

        assertThat(garbage).isEqualTo(new Garbage(List.of("1/1", "1/2"), List.of()));
    }

    @Test
    void filesOfAnotherJobAreNeverDeleted() {
        Garbage garbage = Garbage.released(List.of(checkpoint(6, OTHER)), List.of());

        assertThat(garbage).isEqualTo(new Garbage(List.of("1/6"), List.of()));
    }

    @Test
    void aManifestThatNamesWhatIsNoFileOfACheckpointDeletesNothingOfIt() {
        Garbage garbage =
                Garbage.released(
                        List.of(checkpoint(6, "../../etc/passwd", "1/2/../../x.seg", "1/3/job")),
                        List.of());

        assertThat(garbage).isEqualTo(new Garbage(List.of("1/6"), List.of()));
    }

    /** Against a model: files as a set, checkpoints that share at random. */
    @Test
    void afterAnyHistoryExactlyTheDirectoriesOfWhatRetainedCheckpointsNameAreThere() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Set<String> disk = new TreeSet<>();
            List<CheckpointFiles> retained = new ArrayList<>();
            for (long id = 1; id <= 30; id++) {
                long epoch = 1 + id / 10;
                Set<String> files = new HashSet<>();
                for (int worker = 0; worker < 3; worker++) {
                    files.add(epoch + "/" + id + "/w" + worker + ".seg");
                }
                disk.addAll(files);
                disk.add(epoch + "/" + id + "/manifest");
                if (!retained.isEmpty()) {
                    for (String file : retained.get(retained.size() - 1).files()) {
                        if (random.nextInt(3) > 0) {
                            files.add(file);
                        }
                    }
                }
                CheckpointFiles now = new CheckpointFiles(epoch, id, files);
                assertThat(Garbage.unknown(now, retained)).isEmpty();
                retained.add(now);
                List<CheckpointFiles> dropped = new ArrayList<>();
                while (retained.size() > 1 + random.nextInt(4)) {
                    dropped.add(retained.remove(0));
                }
                Garbage garbage = Garbage.released(dropped, retained);
                garbage.directories()
                        .forEach(one -> disk.removeIf(file -> file.startsWith(one + "/")));

                Set<String> needed = new TreeSet<>();
                for (CheckpointFiles one : retained) {
                    needed.addAll(one.files());
                    needed.add(one.epoch() + "/" + one.checkpointId() + "/manifest");
                }
                assertThat(disk).as("seed %d checkpoint %d", seed, id).containsAll(needed);
                assertThat(directoriesOf(disk)).isEqualTo(directoriesOf(needed));
            }
        }
    }

    private static Set<String> directoriesOf(Set<String> files) {
        return files.stream()
                .map(file -> file.substring(0, file.lastIndexOf('/')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aCheckpointThatNeedsWhatNobodyRetainsIsNoticed() {
        assertThat(
                        Garbage.unknown(
                                checkpoint(9, "1/9/w1.seg", "1/7/w1.seg", "1/8/w1.seg", OTHER),
                                List.of(checkpoint(8, "1/8/w1.seg"))))
                .containsExactly("1/7/w1.seg");
    }

    @Test
    void orphansAreWhatNoRetainedCheckpointNames() {
        Garbage garbage =
                Garbage.orphans(
                        List.of(
                                found(1, 3, "manifest", "w1.seg", "w2.seg"),
                                found(1, 4, "w1.seg"),
                                found(1, 5, "manifest", "w1.seg", "lost.seg")),
                        List.of(checkpoint(5, "1/3/w2.seg", "1/5/w1.seg")),
                        2);

        assertThat(garbage)
                .isEqualTo(
                        new Garbage(
                                List.of("1/4"),
                                List.of("1/3/manifest", "1/3/w1.seg", "1/5/lost.seg")));
    }

    @Test
    void whatMayStillBeWrittenIsNoOrphan() {
        List<Found> found =
                List.of(found(1, 4, "w1.seg"), found(1, 6, "w1.seg"), found(2, 7, "w1.seg"));
        List<CheckpointFiles> retained = List.of(checkpoint(5, "1/5/w1.seg"));

        assertThat(Garbage.orphans(found, retained, 1).directories()).containsExactly("1/4");
        assertThat(Garbage.orphans(found, retained, 2).directories()).containsExactly("1/4", "1/6");
        assertThat(Garbage.orphans(found, retained, 3).directories())
                .containsExactly("1/4", "1/6", "2/7");
    }
}
