package io.millrace.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContainerBookTest {
    private static final int NODES = 9;

    private final ContainerBook book = new ContainerBook(100);

    @Test
    void asksForWhatIsMissingOnce() {
        assertThat(book.want(3)).isEqualTo(3);
        assertThat(book.want(3)).isZero();
        assertThat(book.want(5)).isEqualTo(2);
        assertThat(book.onGranted("c1", "n1", 0)).isTrue();
        assertThat(book.rebalance()).isZero();
        assertThat(book.asked()).isEqualTo(4);
    }

    @Test
    void nodesThatAreBlockedForNowGetNoContainers() {
        assertThat(book.block(Set.of("n1", "n2")))
                .isEqualTo(new ContainerBook.Avoidance(List.of("n1", "n2"), List.of()));
        book.want(2);
        assertThat(book.onGranted("c1", "n1", 0)).isFalse();
        assertThat(book.block(Set.of("n2", "n3")))
                .isEqualTo(new ContainerBook.Avoidance(List.of("n3"), List.of("n1")));
        assertThat(book.onGranted("c2", "n1", 0)).isTrue();
        assertThat(book.block(Set.of()))
                .isEqualTo(new ContainerBook.Avoidance(List.of(), List.of("n2", "n3")));
    }

    @Test
    void whatIsAvoidedForGoodStaysSoWhenABlockEnds() {
        book.want(10);
        for (int i = 0; i < ContainerBook.MAX_FAILURES_OF_NODE; i++) {
            book.onGranted("c" + i, "n1", 0);
            book.onEnded("c" + i, 134, "", NODES, 60_000);
        }
        assertThat(book.block(Set.of("n1")))
                .isEqualTo(new ContainerBook.Avoidance(List.of(), List.of()));
        assertThat(book.block(Set.of()))
                .isEqualTo(new ContainerBook.Avoidance(List.of(), List.of()));
    }

    @Test
    void takesBackRequestsThatAreNotNeededAnyMore() {
        book.want(5);
        book.onGranted("c1", "n1", 0);
        assertThat(book.want(2)).isEqualTo(-3);
        assertThat(book.want(0)).isEqualTo(-1);
        assertThat(book.running()).containsExactly("c1");
    }

    @Test
    void givesBackWhatYarnGrantsBeyondTheWish() {
        book.want(1);
        assertThat(book.onGranted("c1", "n1", 0)).isTrue();
        assertThat(book.onGranted("c2", "n1", 0)).isFalse();
        assertThat(book.rebalance()).isZero();
    }

    @Test
    void replacesAContainerThatEnded() {
        book.want(2);
        book.onGranted("c1", "n1", 0);
        book.onGranted("c2", "n2", 0);
        ContainerBook.Ended ended = book.onEnded("c1", 137, "", NODES, 60_000);
        assertThat(ended.known()).isTrue();
        assertThat(ended.reason()).contains("c1", "n1", "137");
        assertThat(ended.toAsk()).isEqualTo(1);
    }

    @Test
    void doesNotReplaceAContainerThatWasReleased() {
        book.want(1);
        book.onGranted("c1", "n1", 0);
        book.want(0);
        assertThat(book.release("c1")).isTrue();
        ContainerBook.Ended ended = book.onEnded("c1", -100, "", NODES, 1);
        assertThat(ended.known()).isFalse();
        assertThat(ended.toAsk()).isZero();
    }

    @Test
    void neverAsksForMoreThanItsLimit() {
        assertThat(new ContainerBook(7).want(1_000_000)).isEqualTo(7);
    }

    @Test
    void avoidsANodeWhereContainersKeepFailing() {
        book.want(1);
        String avoided = null;
        for (int i = 0; i < ContainerBook.MAX_FAILURES_OF_NODE; i++) {
            assertThat(avoided).isNull();
            book.onGranted("c" + i, "bad", 0);
            avoided = book.onEnded("c" + i, 134, "", NODES, 60_000).avoidNode();
        }
        assertThat(avoided).isEqualTo("bad");
        assertThat(book.onGranted("late", "bad", 0)).isFalse();
        assertThat(book.rebalance()).isEqualTo(1);
    }

    @Test
    void avoidsNoNodeOfASmallCluster() {
        book.want(1);
        for (int i = 0; i < 10; i++) {
            book.onGranted("c" + i, "only", 0);
            assertThat(book.onEnded("c" + i, 134, "", 2, 60_000).avoidNode()).isNull();
        }
    }

    @Test
    void givesUpWhenStartsKeepFailing() {
        book.want(2);
        boolean hopeless = false;
        for (int i = 0; i < ContainerBook.MAX_FAILED_STARTS; i++) {
            assertThat(hopeless).isFalse();
            assertThat(book.onGranted("c" + i, "n" + i, 1_000)).isTrue();
            hopeless = book.onEnded("c" + i, 127, "", NODES, 2_000).hopeless();
        }
        assertThat(hopeless).isTrue();
        assertThat(book.asked()).isZero();
        assertThat(book.onGranted("late", "n", 0)).isFalse();
    }

    @Test
    void forgetsFailedStartsAfterAContainerThatLived() {
        book.want(1);
        for (int i = 0; i < 20; i++) {
            long endedAtMs = i % 3 == 2 ? ContainerBook.START_MS + 1 : 10;
            book.onGranted("c" + i, "n" + i, 0);
            assertThat(book.onEnded("c" + i, 1, "", NODES, endedAtMs).hopeless()).isFalse();
        }
    }

    @Test
    void doesNotBlameStartsThatYarnTookBack() {
        book.want(1);
        for (int i = 0; i < 20; i++) {
            book.onGranted("c" + i, "n", 0);
            assertThat(book.onEnded("c" + i, -102, "", NODES, 10).hopeless()).isFalse();
        }
    }
}
