/* The line chart of a target: what was reached, what is expected, what is foreseen with its 80 % band. */
"use strict";
(() => {
  const INK = "#17212B", ACTION = "#1B4F93", MUTED = "#4E5A66";
  const number = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 });
  const said = (value) => (value === null || value === undefined ? "–" : number.format(value));

  function line(name, data, more) {
    return { name, type: "line", data, symbol: "none", connectNulls: false, ...more };
  }

  function draw(box) {
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    const w = data.words;
    const end = (text, color) => ({ show: Boolean(text), formatter: text, color, fontSize: 12, distance: 6 });
    const gap = data.high.map((high, i) => (high === null ? null : high - data.low[i]));
    const hidden = { lineStyle: { opacity: 0 }, stack: "band", silent: true, tooltip: { show: false } };
    const chart = window.echarts.init(box, null, { renderer: "svg" });
    chart.setOption({
      animation: false,
      aria: { enabled: true, decal: { show: false } },
      textStyle: { fontFamily: "'Source Sans 3', 'Noto Sans', sans-serif", fontSize: 12, color: MUTED },
      grid: { left: 8, right: 100, top: 24, bottom: 8, containLabel: true },
      tooltip: {
        trigger: "axis", backgroundColor: "#fff", borderColor: "#C3C9C4", borderWidth: 1, textStyle: { color: INK },
        formatter: (rows) => {
          const i = rows[0].dataIndex;
          const words = [data.names[i], `${w.actual}: ${said(data.actual[i])}`, `${w.expected.replace(/ [\d.,−]+$/, "")}: ${said(data.expected[i])}`];
          if (data.low[i] !== null && data.actual[i] === null) words.push(`${w.band}: ${said(data.low[i])} – ${said(data.high[i])}`);
          return words.map((text) => text.replace(/[<&]/g, "")).join("<br>");
        },
      },
      xAxis: { type: "category", data: data.labels, boundaryGap: false, axisLine: { lineStyle: { color: "#7A8691" } }, axisTick: { show: false } },
      yAxis: { type: "value", scale: true, splitNumber: 4, splitLine: { lineStyle: { color: "#E9ECE8" } }, axisLabel: { formatter: said } },
      series: [
        line("low", data.low, hidden),
        line(w.band, gap, { ...hidden, areaStyle: { color: ACTION, opacity: 0.22 } }),
        line(w.expected, data.expected, { lineStyle: { color: INK, width: 1.4, type: "dashed" }, endLabel: end(w.expected, INK) }),
        line(w.forecast, data.forecast, { lineStyle: { color: ACTION, width: 2.5, type: "dotted" }, endLabel: end(w.forecast, ACTION), labelLayout: { moveOverlap: "shiftY" } }),
        line(w.actual, data.actual, { lineStyle: { color: ACTION, width: 2.5 }, itemStyle: { color: ACTION }, symbol: "circle", symbolSize: 6 }),
      ],
    });
    new ResizeObserver(() => chart.resize()).observe(box);
  }

  document.querySelectorAll("[data-chart]").forEach(draw);
})();
