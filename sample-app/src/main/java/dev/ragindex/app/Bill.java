package dev.ragindex.app;

import dev.ragindex.core.Prices;
import dev.ragindex.core.SyncReport;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * What a run cost, or would cost.
 *
 * @param model who is paid
 * @param prices what for
 */
record Bill(Model model, Prices prices) {

  /** US dollars for the tokens embedded, or, of a plan, to be embedded; null if not known. */
  @Nullable BigDecimal price(SyncReport report) {
    SyncReport.Tokens tokens = report.tokens();
    return model.price(prices, Math.max(tokens.embedded(), tokens.estimated()));
  }

  /** The price in words, with a comma before it; nothing if it costs nothing. */
  String inWords(SyncReport report) {
    BigDecimal price = price(report);
    if (price == null) {
      return ", price not known (--prices)";
    }
    return price.signum() == 0
        ? ""
        : ", $" + price.round(new MathContext(2)).stripTrailingZeros().toPlainString();
  }
}
