package io.millrace.yarn.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Config;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;
import org.junit.jupiter.api.Test;

class TokenFileSystemsTest {
    private static final URI STAGING = URI.create("hdfs://main:8020");

    @Test
    void areThoseOfStagingOfStateAndOfTheUsersOwn() {
        Config config =
                Config.of(
                        Map.of(
                                "execution.checkpointing.dir", "hdfs://state/checkpoints",
                                "execution.checkpointing.savepoint-dir", "hdfs://main:8020/saved",
                                "security.kerberos.access.hadoopFileSystems",
                                        "hdfs://in;hdfs://out/dir"));
        assertThat(TokenFileSystems.of(config, STAGING).roots())
                .extracting(URI::toString)
                .containsExactly("hdfs://main:8020", "hdfs://state", "hdfs://in", "hdfs://out");
    }

    @Test
    void localOnesAndTheDefaultOneNeedNoFurtherToken() {
        Config config =
                Config.of(
                        Map.of(
                                "execution.checkpointing.dir", "file:///tmp/checkpoints",
                                "execution.checkpointing.savepoint-dir", "/saved"));
        assertThat(TokenFileSystems.of(config, STAGING).roots()).containsExactly(STAGING);
    }

    @Test
    void oneThatGivesNoTokenIsNamed() {
        TokenFileSystems unknown =
                new TokenFileSystems(List.of(URI.create("nosuchscheme://somewhere")));
        assertThatThrownBy(
                        () ->
                                unknown.addTokens(
                                        new Configuration(false), "yarn", new Credentials()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nosuchscheme://somewhere gave no delegation token");
    }
}
