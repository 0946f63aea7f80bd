package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.wire.RestTokens.Right;
import org.junit.jupiter.api.Test;

class RestTokensTest {
    private final RestTokens tokens = RestTokens.of(AppSecret.of(HandshakeTest.bytes(1)));

    @Test
    void tellsTheRightOfEachToken() {
        assertThat(tokens.rightOf(tokens.view())).isEqualTo(Right.VIEW);
        assertThat(tokens.rightOf(tokens.modify())).isEqualTo(Right.MODIFY);
    }

    @Test
    void givesNothingForNoneAWrongOneOrThatOfAnotherApplication() {
        RestTokens others = RestTokens.of(AppSecret.of(HandshakeTest.bytes(2)));

        assertThat(tokens.rightOf(null)).isEqualTo(Right.NOTHING);
        assertThat(tokens.rightOf("")).isEqualTo(Right.NOTHING);
        assertThat(tokens.rightOf(tokens.modify() + "0")).isEqualTo(Right.NOTHING);
        assertThat(tokens.rightOf(tokens.modify().toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(Right.NOTHING);
        assertThat(tokens.rightOf(others.modify())).isEqualTo(Right.NOTHING);
        assertThat(tokens.rightOf("x".repeat(1_000_000))).isEqualTo(Right.NOTHING);
    }

    @Test
    void bothSidesOfAnApplicationDeriveTheSame() {
        RestTokens again = RestTokens.of(AppSecret.of(HandshakeTest.bytes(1)));

        assertThat(again.view()).isEqualTo(tokens.view()).matches("[0-9a-f]{64}");
        assertThat(again.modify()).isEqualTo(tokens.modify()).isNotEqualTo(tokens.view());
    }

    @Test
    void isNeverPrinted() {
        assertThat(tokens.toString()).doesNotContain(tokens.view(), tokens.modify());
    }
}
