package io.millrace.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.batch.shuffle.ShuffleServer;
import org.junit.jupiter.api.Test;

class NodeShufflesTest {
    private final NodeShuffles auto = new NodeShuffles(ShuffleServer.AUTO);

    @Test
    void nodesAreAskedUntilOneRefuses() {
        assertThat(auto.isAsked("a")).isTrue();
        auto.onAccepted("a");
        assertThat(auto.isAsked("b")).isTrue();
        assertThat(auto.onRefused("b")).as("goes on without").isTrue();
        assertThat(auto.isAsked("b")).isFalse();
        assertThat(auto.isAsked("c")).isFalse();
        assertThat(auto.isAsked("a")).as("has accepted before").isTrue();
    }

    @Test
    void aNodeThatHasLostTheServiceIsNotAskedAgain() {
        auto.onAccepted("a");
        auto.onRefused("a");
        assertThat(auto.isAsked("a")).isFalse();
    }

    @Test
    void whereNodesMustServeARefusalIsAFailure() {
        NodeShuffles node = new NodeShuffles(ShuffleServer.NODE);
        assertThat(node.onRefused("a")).isFalse();
        assertThat(node.isAsked("a")).isTrue();
    }

    @Test
    void whereWorkersServeNoNodeIsAsked() {
        assertThat(new NodeShuffles(ShuffleServer.WORKER).isAsked("a")).isFalse();
    }
}
