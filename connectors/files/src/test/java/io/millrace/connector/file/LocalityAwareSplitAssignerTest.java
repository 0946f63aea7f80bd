package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LocalityAwareSplitAssignerTest {
    private static FileSourceSplit split(int id, String... hosts) {
        return new FileSourceSplit(
                Integer.toString(id), new Path("hdfs:///f" + id), 0, 1, 0, 1, hosts);
    }

    private static String idOf(Optional<FileSourceSplit> split) {
        return split.map(FileSourceSplit::splitId).orElse("none");
    }

    @Test
    void aReaderGetsWhatIsOnItsHostWhateverDomainItIsWrittenWith() {
        LocalityAwareSplitAssigner assigner =
                new LocalityAwareSplitAssigner(
                        List.of(split(1, "h1"), split(2, "H2.example.org"), split(3, "10.0.0.2")));
        assertThat(idOf(assigner.getNext("h2"))).isEqualTo("2");
        assertThat(idOf(assigner.getNext("10.0.0.2"))).isEqualTo("3");
    }

    @Test
    void aReaderWithoutSplitsOfItsOwnTakesWhatTheFewestOthersCouldRead() {
        LocalityAwareSplitAssigner assigner =
                new LocalityAwareSplitAssigner(
                        List.of(
                                split(1, "h1", "h2"),
                                split(2, "h1"),
                                split(3, "h1", "h3"),
                                split(4, "h7"),
                                split(5, "h1", "h2")));
        assertThat(idOf(assigner.getNext("h1"))).isEqualTo("1");
        assertThat(idOf(assigner.getNext("h2"))).isEqualTo("5");
        assertThat(idOf(assigner.getNext("h9"))).as("nobody reads on h7").isEqualTo("4");
        assertThat(idOf(assigner.getNext("h9"))).as("nobody is left of others").isEqualTo("2");
        assertThat(idOf(assigner.getNext(null))).isEqualTo("3");
        assertThat(assigner.getNext("h1")).isEmpty();
    }

    @Test
    void aReaderLeavesToOthersWhatTheyCouldRead() {
        LocalityAwareSplitAssigner assigner =
                new LocalityAwareSplitAssigner(
                        List.of(split(1, "h1", "h2"), split(2, "h1"), split(3, "h2", "h1")));
        assertThat(idOf(assigner.getNext("h2"))).isEqualTo("1");
        assertThat(idOf(assigner.getNext("h1"))).as("3 is for h2, too").isEqualTo("2");
        assertThat(idOf(assigner.getNext("h2"))).isEqualTo("3");
    }

    @Test
    void splitsThatComeBackAreWaitingAgain() {
        LocalityAwareSplitAssigner assigner = new LocalityAwareSplitAssigner(List.of());
        assertThat(assigner.getNext("h1")).isEmpty();
        assigner.addSplits(List.of(split(1, "h2"), split(2, "h1")));
        FileSourceSplit own = assigner.getNext("h1").orElseThrow();
        assertThat(own.splitId()).isEqualTo("2");
        assertThat(assigner.remainingSplits())
                .extracting(FileSourceSplit::splitId)
                .containsExactly("1");
        assigner.addSplits(List.of(own));
        assertThat(assigner.remainingSplits())
                .extracting(FileSourceSplit::splitId)
                .containsExactly("1", "2");
        assertThat(idOf(assigner.getNext("h1"))).isEqualTo("2");
    }

    /** Fifty hosts, three replicas, readers of equal speed on some of the hosts. */
    @Test
    void nearlyAllIsReadWhereItLiesAndNothingIsLeftOrGivenTwice() {
        Random random = new Random(7);
        List<FileSourceSplit> splits = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String[] hosts = new String[3];
            Arrays.setAll(hosts, r -> "h" + random.nextInt(50));
            splits.add(split(i, hosts));
        }
        TreeSet<String> reading = new TreeSet<>();
        for (int i = 0; i < 40; i++) {
            reading.add("h" + i);
        }
        long localToNobody =
                splits.stream().filter(split -> reading.stream().noneMatch(split::isOn)).count();
        LocalityAwareSplitAssigner assigner = new LocalityAwareSplitAssigner(splits);
        TreeSet<String> given = new TreeSet<>();
        int remote = 0;
        for (int turn = 0; given.size() < splits.size(); turn++) {
            String host = "h" + turn % 40;
            FileSourceSplit next = assigner.getNext(host).orElseThrow();
            assertThat(given.add(next.splitId())).isTrue();
            remote += next.isOn(host) ? 0 : 1;
        }
        assertThat(assigner.getNext("h0")).isEmpty();
        assertThat(localToNobody).isPositive();
        assertThat(remote - localToNobody).as("one in a hundred").isLessThan(200);
    }
}
