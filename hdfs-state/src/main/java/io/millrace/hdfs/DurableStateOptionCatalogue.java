package io.millrace.hdfs;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;

/** The options of durable state on Hadoop and ZooKeeper. */
public final class DurableStateOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return ZooKeeperOptions.ALL;
    }
}
