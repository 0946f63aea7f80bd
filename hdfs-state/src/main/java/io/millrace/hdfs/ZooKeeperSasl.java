package io.millrace.hdfs;

import io.millrace.api.option.Config;
import org.apache.zookeeper.client.ZKClientConfig;

/**
 * How ZooKeeper's client proves who it is by SASL: with what JAAS has for its login context, as
 * {@link KeytabContexts} gives it. Where JAAS has nothing it does without. Immutable.
 *
 * @param enabled whether it tries at all
 * @param service first part of the servers' principal
 * @param loginContext of JAAS
 */
public record ZooKeeperSasl(boolean enabled, String service, String loginContext) {

    static ZooKeeperSasl from(Config config) {
        return new ZooKeeperSasl(
                !config.get(ZooKeeperOptions.SASL_DISABLE),
                config.get(ZooKeeperOptions.SASL_SERVICE),
                config.get(ZooKeeperOptions.SASL_CONTEXT));
    }

    ZKClientConfig forClient() {
        ZKClientConfig config = new ZKClientConfig();
        // A client that is told a context which is not there takes its connection for refused.
        boolean tries = enabled && KeytabContexts.has(loginContext);
        config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, String.valueOf(tries));
        config.setProperty(ZKClientConfig.ZK_SASL_CLIENT_USERNAME, service);
        config.setProperty(ZKClientConfig.LOGIN_CONTEXT_NAME_KEY, loginContext);
        return config;
    }
}
