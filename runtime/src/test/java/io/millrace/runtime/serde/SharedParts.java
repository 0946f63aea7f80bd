package io.millrace.runtime.serde;

import io.millrace.api.tuple.Tuple;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;

/** Finds objects that can change and that two values have in common. */
final class SharedParts {
    private SharedParts() {}

    static void assertNone(Object copy, Object original) {
        Set<Object> of = parts(original);
        for (Object part : parts(copy)) {
            Assertions.assertThat(of.contains(part)).as("shares a %s", part.getClass()).isFalse();
        }
    }

    private static Set<Object> parts(Object value) {
        Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(value, found);
        return found;
    }

    private static void collect(Object value, Set<Object> found) {
        if (value instanceof Object[] array) {
            found.add(value);
            for (Object element : array) {
                collect(element, found);
            }
        } else if (value instanceof Collection<?> collection) {
            found.add(value);
            collection.forEach(element -> collect(element, found));
        } else if (value instanceof Map<?, ?> map) {
            found.add(value);
            map.forEach(
                    (k, v) -> {
                        collect(k, found);
                        collect(v, found);
                    });
        } else if (value instanceof Tuple tuple) {
            if (tuple.getArity() > 0) {
                found.add(value);
            }
            for (int i = 0; i < tuple.getArity(); i++) {
                collect(tuple.getField(i), found);
            }
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(part -> collect(part, found));
        } else if (value instanceof Samples.Pair<?, ?> pair) {
            collect(pair.first(), found);
            collect(pair.second(), found);
        } else if (value instanceof Samples.Group group) {
            collect(group.shapes(), found);
            collect(group.main(), found);
        } else if (value instanceof Samples.Folder folder) {
            collect(folder.children(), found);
            collect(folder.link(), found);
        } else if (value instanceof Samples.Bean bean) {
            found.add(bean);
            collect(bean.tags, found);
        } else if (value instanceof Samples.Collections all) {
            collect(
                    new Object[] {
                        all.list(), all.set(), all.hashSet(), all.sortedSet(), all.map(),
                        all.hashMap(), all.sortedMap(), all.nested(), all.array(), all.matrix()
                    },
                    found);
        } else if (value instanceof Samples.WideBean bean) {
            found.add(bean);
            found.add(bean.e0);
        } else if (value != null && value.getClass().isArray()) {
            found.add(value);
        }
    }
}
