package io.millrace.coordinator.blocklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlocklistTest {
    private static final List<String> FOUR = List.of("a", "b", "c", "d");

    private final Blocklist list = new Blocklist(new BlocklistSettings(true, 3, 10_000, 5_000));

    private boolean fails(String node, List<String> nodes, long nowMs) {
        return list.onTrouble(NodeTrouble.failure(node, "it broke"), nodes, nowMs);
    }

    private boolean isSlow(String node, List<String> nodes, long nowMs) {
        return list.onTrouble(NodeTrouble.slow(node, "it crawls", 2_000), nodes, nowMs);
    }

    @Test
    void aNodeIsBlockedAtItsThirdFailure() {
        assertThat(fails("a", FOUR, 0)).isFalse();
        assertThat(fails("a", FOUR, 1)).isFalse();
        assertThat(list.isBlocked("a")).isFalse();
        assertThat(fails("a", FOUR, 2)).isTrue();
        assertThat(list.nodes()).extracting(BlockedNode::node).containsExactly("a");
        assertThat(list.nodes().get(0).untilMs()).isEqualTo(5_002);
        assertThat(list.nodes().get(0).reason()).contains("3 failures", "it broke");
    }

    @Test
    void failuresAreForgottenInTime() {
        fails("a", FOUR, 0);
        fails("a", FOUR, 1);
        assertThat(fails("a", FOUR, 10_002)).isFalse();
    }

    @Test
    void whatFailsEverywhereIsNoNodesFault() {
        for (int i = 0; i < 10; i++) {
            for (String node : FOUR) {
                assertThat(fails(node, FOUR, i)).as(node + " " + i).isFalse();
            }
        }
        assertThat(list.isEmpty()).isTrue();
    }

    @Test
    void aSlowNodeIsBlockedAtOnce() {
        assertThat(isSlow("a", FOUR, 0)).isTrue();
        assertThat(list.nodes().get(0).untilMs()).isEqualTo(2_000);
    }

    @Test
    void aSingleNodeIsNeverBlocked() {
        assertThat(isSlow("a", List.of("a"), 0)).isFalse();
        fails("a", List.of("a"), 0);
        fails("a", List.of("a"), 0);
        assertThat(fails("a", List.of("a"), 0)).isFalse();
        assertThat(list.isEmpty()).isTrue();
    }

    @Test
    void atMostHalfOfTheNodesAreBlocked() {
        assertThat(isSlow("a", FOUR, 0)).isTrue();
        assertThat(isSlow("b", FOUR, 0)).isTrue();
        assertThat(isSlow("c", FOUR, 0)).isFalse();
        assertThat(isSlow("a", List.of("c"), 0)).as("known, but blocked already").isFalse();
    }

    @Test
    void aBlockEndsInTimeAndWhatWasHeldAgainstTheNodeWithIt() {
        fails("a", FOUR, 0);
        fails("a", FOUR, 0);
        fails("a", FOUR, 0);
        assertThat(list.expire(4_999)).isFalse();
        assertThat(list.nextEndMs()).isEqualTo(5_000);
        assertThat(list.expire(5_000)).isTrue();
        assertThat(list.isBlocked("a")).isFalse();
        assertThat(fails("a", FOUR, 5_001)).isFalse();
    }

    @Test
    void aBlockIsProlongedWhenItHappensAgain() {
        isSlow("a", FOUR, 0);
        assertThat(isSlow("a", FOUR, 1_500)).isFalse();
        assertThat(list.expire(2_000)).isFalse();
        assertThat(list.expire(3_500)).isTrue();
    }

    @Test
    void allAreLetGoWhenTheyAreNeeded() {
        isSlow("a", FOUR, 0);
        list.liftAll();
        assertThat(list.isEmpty()).isTrue();
        assertThat(list.nextEndMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nothingIsBlockedIfItIsTurnedOff() {
        Blocklist off = new Blocklist(new BlocklistSettings(false, 1, 10_000, 5_000));
        assertThat(off.onTrouble(NodeTrouble.slow("a", "", 1_000), FOUR, 0)).isFalse();
        assertThat(off.onTrouble(NodeTrouble.failure("a", ""), FOUR, 0)).isFalse();
    }
}
