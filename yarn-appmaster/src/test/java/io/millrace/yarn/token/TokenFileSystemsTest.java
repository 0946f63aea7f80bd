package io.millrace.yarn.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Config;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.token.Token;
import org.junit.jupiter.api.Test;

class TokenFileSystemsTest {
    private static final URI STAGING = URI.create("hdfs://one/user/ann/.millrace");

    /** One that gives tokens as a NameNode does, or refuses to if it is called so. */
    public static final class Giving extends RawLocalFileSystem {
        private URI root;

        @Override
        public void initialize(URI uri, Configuration configuration) throws IOException {
            super.initialize(URI.create("file:///"), configuration);
            root = uri;
        }

        @Override
        public String getCanonicalServiceName() {
            return root.getAuthority();
        }

        @Override
        public Token<?> getDelegationToken(String renewer) throws IOException {
            if (root.getAuthority().equals("refusing")) {
                throw new IOException("no tokens for " + renewer);
            }
            Token<?> token = new Token<>();
            token.setKind(new Text("TEST for " + renewer));
            token.setService(new Text(root.getAuthority()));
            return token;
        }
    }

    private static TokenFileSystems of(String... options) {
        return switch (options.length) {
            case 0 -> TokenFileSystems.of(Config.of(Map.of()), STAGING);
            case 2 -> TokenFileSystems.of(Config.of(Map.of(options[0], options[1])), STAGING);
            default ->
                    TokenFileSystems.of(
                            Config.of(Map.of(options[0], options[1], options[2], options[3])),
                            STAGING);
        };
    }

    @Test
    void stagingCheckpointsAndWhatTheUserNamesEachOnce() {
        assertThat(of().roots()).containsExactly(URI.create("hdfs://one"));
        assertThat(
                        of(
                                        "execution.checkpointing.dir",
                                        "hdfs://two:8020/checkpoints",
                                        "security.kerberos.access.hadoopFileSystems",
                                        "hdfs://three/; hdfs://one/data;hdfs://two:8020")
                                .roots())
                .containsExactly(
                        URI.create("hdfs://one"),
                        URI.create("hdfs://two:8020"),
                        URI.create("hdfs://three"));
    }

    @Test
    void whatIsLocalOrOfTheDefaultFileSystemNeedsNoneOfItsOwn() {
        assertThat(of("execution.checkpointing.dir", "/checkpoints").roots())
                .containsExactly(URI.create("hdfs://one"));
        assertThat(of("execution.checkpointing.dir", "file:///tmp/checkpoints").roots())
                .containsExactly(URI.create("hdfs://one"));
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration(false);
        configuration.setClass("fs.test.impl", Giving.class, org.apache.hadoop.fs.FileSystem.class);
        return configuration;
    }

    @Test
    void eachGivesAToken() throws IOException {
        Credentials credentials = new Credentials();

        new TokenFileSystems(List.of(URI.create("test://one"), URI.create("test://two")))
                .addTokens(configuration(), "yarn", credentials);

        assertThat(credentials.getAllTokens())
                .extracting(token -> token.getService() + " " + token.getKind())
                .containsExactlyInAnyOrder("one TEST for yarn", "two TEST for yarn");
    }

    @Test
    void theOneThatGivesNoneIsNamed() {
        TokenFileSystems two =
                new TokenFileSystems(
                        List.of(URI.create("test://one"), URI.create("test://refusing")));

        assertThatThrownBy(() -> two.addTokens(configuration(), "yarn", new Credentials()))
                .isInstanceOf(IOException.class)
                .hasMessage("test://refusing gave no delegation token: no tokens for yarn");
    }
}
