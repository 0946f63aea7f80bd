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
        byte[] sealed = SealedTokens.seal(tokens(), secret);
        assertThat(SealedTokens.open(sealed, secret).getToken(ALIAS).getPassword())
                .isEqualTo(PASSWORD);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
                .doesNotContain("the password", "KIND");
        assertThat(SealedTokens.seal(tokens(), secret)).isNotEqualTo(sealed);
    }

    @Test
    void whatWasChangedOrIsOfAnotherApplicationIsRefused() {
        byte[] sealed = SealedTokens.seal(tokens(), secret);
        refused(sealed, AppSecret.random());
        for (int length : new int[] {0, 11, 27, sealed.length - 1}) {
            refused(Arrays.copyOf(sealed, length), secret);
        }
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            refused(changed, secret);
        }
    }

    private static void refused(byte[] sealed, AppSecret with) {
        assertThatThrownBy(() -> SealedTokens.open(sealed, with))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED));
    }
}
