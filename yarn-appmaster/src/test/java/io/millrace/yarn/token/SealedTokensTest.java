package io.millrace.yarn.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.wire.AppSecret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.token.Token;
import org.junit.jupiter.api.Test;

class SealedTokensTest {
    private static final Text ALIAS = new Text("10.0.0.1:8020");
    private static final byte[] PASSWORD = "the password".getBytes(StandardCharsets.UTF_8);
    private final AppSecret secret = AppSecret.random();

    private static Credentials tokens() {
        Credentials tokens = new Credentials();
        tokens.addToken(ALIAS, new Token<>(new byte[] {1, 2}, PASSWORD, new Text("KIND"), ALIAS));
        return tokens;
    }

    @Test
    void arriveAsTheyWereSentAndCannotBeReadOnTheWay() {
        byte[] sealedTokens = SealedTokens.seal(tokens(), secret);
        assertThat(SealedTokens.open(sealedTokens, secret).getToken(ALIAS).getPassword())
                .isEqualTo(PASSWORD);
        assertThat(new String(sealedTokens, StandardCharsets.ISO_8859_1))
                .doesNotContain("the password", "KIND");
        assertThat(SealedTokens.seal(tokens(), secret)).isNotEqualTo(sealedTokens);
    }

    @Test
    void whatWasChangedOrIsOfAnotherApplicationIsRefused() {
        byte[] sealedTokens = SealedTokens.seal(tokens(), secret);
        refused(sealedTokens, AppSecret.random());
        for (int length : new int[] {0, 11, 27, sealedTokens.length - 1}) {
            refused(Arrays.copyOf(sealedTokens, length), secret);
        }
        for (int i = 0; i < sealedTokens.length; i++) {
            byte[] changed = sealedTokens.clone();
            changed[i] ^= 1;
            refused(changed, secret);
        }
    }

    private static void refused(byte[] sealedTokens, AppSecret with) {
        assertThatThrownBy(() -> SealedTokens.open(sealedTokens, with))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED));
    }
}
