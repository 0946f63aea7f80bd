package io.millrace.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NodeWishesTest {
    private final NodeWishes wishes = new NodeWishes();

    @Test
    void requestsNameNoNodesUnlessSomebodyWishes() {
        assertThat(wishes.take()).isEmpty();
        wishes.wish(List.of("a"));
        wishes.wish(List.of());
        assertThat(wishes.take()).isEmpty();
    }

    @Test
    void hostsAreDealtOutByTurnsThreeToEachRequest() {
        wishes.wish(List.of("a", "b", "c", "d"));
        assertThat(wishes.take()).containsExactly("a", "b", "c");
        assertThat(wishes.take()).containsExactly("b", "c", "d");
        assertThat(wishes.take()).containsExactly("c", "d");
        assertThat(wishes.take()).containsExactly("d");
        assertThat(wishes.take()).containsExactly("a", "b", "c");
    }
}
