package io.millrace.hdfs;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;
import java.util.stream.Stream;

/** The options of durable state on Hadoop and ZooKeeper, and of secure clusters. */
public final class DurableStateOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return Stream.concat(ZooKeeperOptions.ALL.stream(), KerberosOptions.ALL.stream()).toList();
    }
}
